using SEAS.Data.Datasets.Import;

namespace SEAS.Tests.Datasets.Import;

public sealed class CategoryLabelTests
{
    [Theory]
    [InlineData("One_sided_statement", "One_Sided_Statement")]
    [InlineData("ROLE PLAY", "Role_Play")]
    [InlineData("role-play", "Role_Play")]
    [InlineData("RolePlay", "Role_Play")]
    [InlineData("Privacy & Property", "Privacy_And_Property")]
    [InlineData("uncategorized", "Uncategorized")]
    [InlineData("", "Uncategorized")]
    [InlineData(null, "Uncategorized")]
    [InlineData(" / ", "Uncategorized")]
    [InlineData("chemical_biological", "Chemical_Biological")]
    [InlineData("Fraud/Deception and more", "Fraud_Deception_And_More")]
    public void Labels_have_one_spelling(string? label, string expected) => Assert.Equal(expected, CategoryLabel.Normalize(label));

    [Fact]
    public void SEAS_has_fourteen_and_they_stay_as_they_are()
    {
        Assert.Equal(14, CategoryLabel.All.Count);
        Assert.All(CategoryLabel.All, label => Assert.Equal(label, CategoryLabel.Normalize(label)));
    }
}
