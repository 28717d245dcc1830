using System.Globalization;
using BenchmarkDotNet.Attributes;
using OneEdge.OpenNebula;
using OneEdge.Text;

namespace OneEdge.Benchmarks;

/// <summary>OpenNebula templates: reading, one change, and both forms of what is stored.</summary>
[MemoryDiagnoser]
public class TemplateBenchmarks
{
    private const int LargeBytes = 10_000_000;

    private readonly SourceText _large = SourceText.From(Machines(LargeBytes));
    private readonly SourceText _text = SourceText.From(Machines(1));
    private readonly OpenNebulaTemplate _template = OpenNebulaTemplate.Parse(Machines(1));
    private readonly StoredTemplate _stored = OpenNebulaTemplate.Parse(Machines(1)).Stored();
    private readonly string _xml = OpenNebulaTemplate.Parse(Machines(1)).ToXml();

    [Benchmark]
    public OpenNebulaTemplate Parse() => OpenNebulaTemplate.Parse(_text);

    [Benchmark]
    public OpenNebulaTemplate ParseTenMegabytes() => OpenNebulaTemplate.Parse(_large);

    [Benchmark]
    public string? LookUp() => _template.Get("VCPU_0");

    [Benchmark]
    public OpenNebulaTemplate OneChange() => _template.With("VCPU_0", "4");

    [Benchmark]
    public StoredTemplate Store() => _template.Stored();

    [Benchmark]
    public string WriteXml() => _stored.ToXml();

    [Benchmark]
    public StoredTemplate ReadXml() => StoredTemplate.ParseXml(_xml);

    // Virtual machines as people write them, about 700 bytes each.
    private static string Machines(int bytes)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; text.Length < bytes; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                # Machine {i}
                NAME = "web-{i}"
                CPU = 0.5
                VCPU_{i} = 2
                MEMORY = "2048"
                DESCRIPTION = "A web server, \"front end\" of the shop"

                DISK = [
                  IMAGE = "Ubuntu 24.04",
                  IMAGE_UNAME = "oneadmin",
                  DEV_PREFIX = "vd",
                  SIZE = "10240" ]
                NIC = [ NETWORK = "public", SECURITY_GROUPS = "0" ]
                NIC = [ NETWORK = "private" ]
                CONTEXT = [
                  NETWORK = "YES",
                  SSH_PUBLIC_KEY = "$USER[SSH_PUBLIC_KEY]",
                  START_SCRIPT = "#!/bin/bash
                apt-get update
                systemctl enable --now nginx" ]
                GRAPHICS = [ LISTEN = "0.0.0.0", TYPE = "VNC" ]
                USER_INPUTS = [ PORT = "O|number|The port| |80" ]

                """);
        }

        return text.ToString();
    }
}
