using System.Text;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Tests.Documents;

/// <summary>Reads documents of tests.</summary>
internal static class TestDocuments
{
    public static readonly ServiceOwner Alice = new(2, 100, "alice", "users");

    public static Service Read(string body, string name = "svc") => ServiceDocument.Read(7, name, Alice, Encoding.UTF8.GetBytes(body));
}
