using OneEdge.OpenNebula;

namespace OneEdge.Comparison.Flow;

/// <summary>The scenarios through an API of OneFlow, the original's or ours.</summary>
internal static class OneFlowFigures
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs them. The core is at <c>ONE_XMLRPC</c>; without it only services are timed, and a template has to be given.</summary>
    /// <param name="address">The address of the API.</param>
    /// <param name="credentials">USER:PASSWORD, for both.</param>
    /// <param name="vmTemplate">The template of virtual machines; null to make one.</param>
    public static async Task<int> RunAsync(Uri address, string credentials, int? vmTemplate)
    {
        using var api = new OneFlowApi(address, credentials);
        if (Environment.GetEnvironmentVariable(OpenNebulaEndpoint.Variable) is not { Length: > 0 })
        {
            if (vmTemplate is null)
            {
                Console.Error.WriteLine($"Without {OpenNebulaEndpoint.Variable} a VM template has to be given.");
                return 2;
            }

            await new FlowScenarios(api, null, vmTemplate.Value, Limit).RunAsync();
            return 0;
        }

        string[] parts = credentials.Split(':', 2);
        using var connection = new OpenNebulaConnection(
            OpenNebulaCredentials.ForUser(parts[0], parts[1]),
            new OpenNebulaConnectionOptions { Endpoint = OpenNebulaEndpoint.FromVariables(Environment.GetEnvironmentVariable) });
        var one = new OpenNebulaClient(connection);
        int template = vmTemplate ?? await one.Templates.CreateAsync($"NAME = figures-{Guid.NewGuid():N}\nCPU = 0.01\nMEMORY = 1");
        try
        {
            await new FlowScenarios(api, one, template, Limit).RunAsync();
        }
        finally
        {
            if (vmTemplate is null) await one.Templates.DeleteAsync(template);
        }

        return 0;
    }
}
