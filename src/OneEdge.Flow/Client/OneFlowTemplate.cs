using System.Runtime.InteropServices;
using System.Text.Json;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Client;

/// <summary>A service template, as a OneFlow server told of it.</summary>
public sealed record OneFlowTemplate : OneFlowDocument
{
    internal OneFlowTemplate(DocumentAnswer answer)
        : base(answer)
    {
        RegistrationTime = LenientJson.Time(answer.Body.Value, "registration_time"u8);
        bool hasRoles = answer.Body.Value.TryGetProperty("roles"u8, out JsonElement roles) && roles.ValueKind == JsonValueKind.Array;
        RoleNames = hasRoles ? [.. roles.EnumerateArray().Select(NameOf)] : [];
    }

    /// <summary>Reads what a server answers, for tests and for what was kept of it.</summary>
    /// <param name="json">The text: <c>{"DOCUMENT": {...}}</c>.</param>
    /// <exception cref="FlowException">It is no such answer (<see cref="FlowErrorCodes.ClientAnswerInvalid"/>).</exception>
    public static OneFlowTemplate Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return new OneFlowTemplate(DocumentAnswer.ReadOne(DocumentAnswer.Parse(JsonText.ToUtf8(json))));
        }
        catch (FormatException error)
        {
            throw new FlowException(FlowErrorCodes.ClientAnswerInvalid, $"The text is no answer with a service template: {error.Message}.", error);
        }
    }

    /// <summary>When it was stored; versions before 5.12 did not say.</summary>
    public DateTimeOffset? RegistrationTime { get; }

    /// <summary>The names of its roles.</summary>
    public IReadOnlyList<string> RoleNames { get; }

    /// <summary>The body as JSON, as the server sent it.</summary>
    public string ToJson() => System.Text.Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(Body.Value));

    /// <summary>The template, checked as one that is to be stored.</summary>
    /// <param name="options">How; <see cref="ServiceTemplateOptions.Default"/> when absent.</param>
    /// <exception cref="ServiceTemplateException">It is not valid; all errors are listed.</exception>
    public ServiceTemplate ToServiceTemplate(ServiceTemplateOptions? options = null) => ServiceTemplate.Parse(ToJson(), options);

    private static string NameOf(JsonElement role) => role.ValueKind == JsonValueKind.Object ? LenientJson.Text(role, "name"u8) ?? "" : "";
}
