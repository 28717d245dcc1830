using System.CommandLine;

namespace OneEdge.Host.One;

/// <summary>The id of an object.</summary>
internal static class IdArgument
{
    public static Argument<int> Create()
    {
        var id = new Argument<int>("ID") { Description = "The id, as the list names it." };
        id.Validators.Add(result => Limits.Check(result, "ID", 0, int.MaxValue));
        return id;
    }
}
