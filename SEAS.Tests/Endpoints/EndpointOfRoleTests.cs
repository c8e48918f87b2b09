using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Endpoints;

public sealed class EndpointOfRoleTests
{
    [Theory]
    [InlineData(ModelRole.Red, "r")]
    [InlineData(ModelRole.Target, "t")]
    [InlineData(ModelRole.Guard, "g")]
    public void Each_role_has_its_own(ModelRole role, string model)
    {
        static EndpointSettings Named(string model) => new() { Url = "http://127.0.0.1:1/v1", Model = model };
        var plan = new EndpointPlan { Red = Named("r"), Target = Named("t"), Judge = Named("g") };

        Assert.Equal(model, plan.Of(role)!.Model);
    }
}
