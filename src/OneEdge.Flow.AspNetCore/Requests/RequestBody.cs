using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Reads the body of a request, up to the limits.</summary>
internal static class RequestBody
{
    /// <summary>All bytes of the body.</summary>
    /// <exception cref="AnswerException">They are too many.</exception>
    public static async Task<byte[]> ReadAsync(FlowRequest request)
    {
        int limit = request.Options.MaxRequestBodyBytes;
        if (request.Http.Request.ContentLength > limit) throw TooLarge(limit);
        PipeReader body = request.Http.Request.BodyReader;
        while (true)
        {
            ReadResult read = await body.ReadAsync(request.Gone).ConfigureAwait(false);
            if (read.Buffer.Length > limit) throw TooLarge(limit);
            if (read.IsCompleted)
            {
                byte[] bytes = read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The body as an object of JSON.</summary>
    /// <exception cref="AnswerException">It is none.</exception>
    public static async Task<JsonElement> ReadObjectAsync(FlowRequest request) =>
        ParseObject(await ReadAsync(request).ConfigureAwait(false), request.Options.MaxRequestDepth);

    /// <summary>An object of JSON.</summary>
    /// <exception cref="AnswerException">It is none.</exception>
    public static JsonElement ParseObject(ReadOnlyMemory<byte> json, int maxDepth)
    {
        if (!Utf8.IsValid(json.Span)) throw AnswerException.BadBody("The body is not UTF-8.");
        JsonElement root;
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = maxDepth, CommentHandling = JsonCommentHandling.Skip });
            root = JsonElement.ParseValue(ref reader);
            while (reader.Read())
            {
                // Only comments may follow; the reader complains of anything else.
            }
        }
        catch (JsonException error)
        {
            throw AnswerException.BadBody(Problem(json.Span, error));
        }

        if (root.ValueKind != JsonValueKind.Object) throw AnswerException.BadBody("The body is JSON, but no object.");
        return root;
    }

    // The words of OneFlow where it has some of its own, for a text that is none from the beginning.
    private static string Problem(ReadOnlySpan<byte> json, JsonException error)
    {
        ReadOnlySpan<byte> text = json.TrimStart(" \t\r\n"u8);
        bool isNone = text.Length == 0 || char.IsAsciiLetter((char)text[0]);
        if (isNone) return $"unexpected token at '{Encoding.UTF8.GetString(text[..Math.Min(text.Length, 100)])}'";
        return $"The body is no JSON that can be read: line {(error.LineNumber ?? 0) + 1}, byte {(error.BytePositionInLine ?? 0) + 1}: {Reason(error)}";
    }

    private static string Reason(JsonException error)
    {
        int place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? error.Message : error.Message[..place];
    }

    private static AnswerException TooLarge(int limit) =>
        AnswerException.Of(StatusCodes.Status413PayloadTooLarge, $"The body has more than {limit} bytes.", FlowServerErrorCodes.BodyTooLarge);
}
