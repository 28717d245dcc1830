using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>The cloud of <c>--embedded</c>: a few objects to look at.</summary>
internal static class SampleCloud
{
    public static async Task<OpenCloud> CreateAsync(CancellationToken cancellationToken)
    {
        var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { Hosts = 3 });
        try
        {
            var one = new OpenNebulaClient(cloud.Rpc);
            int template = await one.Templates.CreateAsync("NAME = web\nCPU = 0.5\nMEMORY = 512\n", cancellationToken);
            for (int i = 1; i <= 3; i++)
                await one.Templates.InstantiateAsync(template, new InstantiateOptions { Name = $"web-{i}" }, cancellationToken);
            await one.Documents.CreateAsync("NAME = notes\nBODY = \"{}\"", DocumentType.ServiceTemplate, cancellationToken);
            return new OpenCloud(cloud.Rpc, cloud);
        }
        catch
        {
            cloud.Dispose();
            throw;
        }
    }
}
