namespace OneEdge.Flow.AspNetCore.Tests;

public sealed class RecordedExchangeTests
{
    [Fact]
    public async Task Every_recorded_exchange_is_answered_alike_or_by_a_rule()
    {
        // As the server that was recorded was set up.
        (int count, string[] wrong) = await CompareAsync(Exchange.Recorded(), TimeSpan.FromSeconds(10));
        Assert.True(wrong.Length == 0, string.Join("\n\n", wrong));
        Assert.True(count >= 110, $"{count} exchanges");
    }

    [Fact]
    public async Task Every_described_exchange_is_answered_alike_or_by_a_rule()
    {
        (int count, string[] wrong) = await CompareAsync(Exchange.Described(), TimeSpan.FromMinutes(5));
        Assert.True(wrong.Length == 0, string.Join("\n\n", wrong));
        Assert.True(count >= 120, $"{count} exchanges");
    }

    private static async Task<(int Count, string[] Wrong)> CompareAsync(IReadOnlyList<Exchange> exchanges, TimeSpan cooldown)
    {
        var story = new Story(exchanges);
        List<string> wrong = [];
        foreach (Exchange exchange in exchanges)
        {
            await using ExchangeWorld world = await ExchangeWorld.CreateAsync(story, exchange, cooldown);
            Reply reply = await world.SendAsync();
            if (Difference(exchange, reply, world.Ids) is { } difference) wrong.Add($"{exchange}\n  {difference}");
        }

        return (exchanges.Count, [.. wrong]);
    }

    private static string? Difference(Exchange exchange, Reply reply, IReadOnlyDictionary<int, int> ids)
    {
        Deviation? deviation = ServerDeviations.Of(exchange);
        string by = deviation is null ? "" : $" ({deviation.Rule})";
        int status = deviation?.Status ?? exchange.Status;
        if (reply.Status != status) return $"{status} was expected{by}, {reply.Status} came: {reply.Text}";
        string? type = status == 204 ? null : exchange.ContentType ?? Answer.OriginalType;
        if (Normal(reply.ContentType) != Normal(type)) return $"The type {type} was expected{by}, {reply.ContentType} came.";
        return status < 300 ? DocumentDifference(exchange, reply) : TextDifference(exchange, deviation, reply, ids);
    }

    private static string? TextDifference(Exchange exchange, Deviation? deviation, Reply reply, IReadOnlyDictionary<int, int> ids)
    {
        string? expected = deviation is null ? exchange.Text : deviation.Text;
        string came = ExchangeText.OfError(reply.Text, ids);
        if (expected is null) return came.Length == 0 ? "A text was expected." : null;

        // The original has a page of its framework here.
        if (expected.StartsWith("(default HTML", StringComparison.Ordinal)) expected = "<h1>Not Found</h1>";
        expected = ExchangeText.OfError(expected, new Dictionary<int, int>());
        return came == expected ? null : $"'{expected}' was expected, '{came}' came.";
    }

    private static string? DocumentDifference(Exchange exchange, Reply reply)
    {
        if (exchange.Answer is { } answer)
        {
            bool isNew = exchange.Perform == "instantiate";
            string expected = ExchangeText.OfDocument(answer, isNew);
            string came = ExchangeText.OfDocument(reply.Json, isNew);
            return expected == came ? null : $"{expected}\n  was expected,\n  {came}\n  came.";
        }

        if (exchange.TopMember is { } top) return reply.Json.EnumerateObject().Single().Name == top ? null : $"A {top} was expected: {reply.Text}";
        return reply.Text.Length == 0 ? null : $"Nothing was expected: {reply.Text}";
    }

    private static string? Normal(string? type) => type?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
