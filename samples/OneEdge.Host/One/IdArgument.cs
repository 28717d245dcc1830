using System.CommandLine;
using System.Globalization;

namespace OneEdge.Host.One;

/// <summary>The id of an object.</summary>
internal static class IdArgument
{
    public static Argument<int> Create()
    {
        var id = new Argument<int>("ID") { Description = "The id, as the list names it." };
        id.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int value) && value < 0) result.AddError("An id is 0 or more.");
        });
        return id;
    }
}
