using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;
using SEAS.Web.Live.Datasets;

namespace SEAS.Tests.Web.Datasets;

public sealed class ExportChoiceTests
{
    private static readonly RunId s_run = new("embedded-1");

    [Theory]
    [InlineData(2, null, "trl", false, null, "/runs/embedded-1/datasets?round=2&format=trl")]
    [InlineData(null, null, "all", true, null, "/runs/embedded-1/datasets?format=all&only_confirmed=true")]
    [InlineData(3, 1, "csv", false, "Role_Play", "/runs/embedded-1/datasets?round=3&version=1&format=csv&type=Role_Play")]
    public void What_is_chosen_stands_in_the_address(
        int? round, int? version, string format, bool confirmed, string? type, string address)
    {
        var choice = ExportChoice.Read(s_run, round, version, format, confirmed, type is null ? null : [type]);

        Assert.Equal(address, choice.Page);
        Assert.Equal(
            (s_run, round, version, ExportFormats.Find(format), confirmed),
            (choice.Request.Run, choice.Request.Round, choice.Request.Version, choice.Request.Format, choice.Request.Filter.OnlyConfirmed));
    }

    [Fact]
    public void An_address_that_makes_no_sense_becomes_the_usual()
    {
        var choice = ExportChoice.Read(s_run, null, 7, "nonsense", false, ["", "Role_Play", "Role_Play"]);

        Assert.Equal((ExportFormat.All, (int?)null), (choice.Format, choice.Version));
        Assert.Equal(["Role_Play"], choice.Types);
    }

    [Fact]
    public void The_file_is_asked_for_in_the_name_of_a_person_whatever_the_name_holds() => Assert.Equal(
        "/api/v1/runs/embedded-1/rounds/2/datasets/all?format=trl&who=Ann%20%26%20Bob",
        ExportChoice.Read(s_run, 2, null, "trl", false, null).Download("Ann & Bob"));
}
