using System.Text.Json;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>Exchanges in their order, as far as one builds on others: what made a document, and what changed it.</summary>
internal sealed class Story
{
    private readonly Dictionary<int, Exchange> _templates = [];
    private readonly Dictionary<int, Exchange> _services = [];

    public Story(IReadOnlyList<Exchange> exchanges)
    {
        Exchanges = exchanges;
        Exchange[] templates = [.. exchanges.Where(e => e is { Verb: "POST", Path: "/service_template", Status: 201 })];
        Exchange[] services = [.. exchanges.Where(e => e is { IsOfTemplate: true, Perform: "instantiate", Status: 201 })];
        int[] templateIds = Ids(exchanges.Where(e => e.IsOfTemplate));
        int[] serviceIds = Ids(exchanges.Where(e => !e.IsOfTemplate));

        // Where answers are only described, ids come in the order in which documents were made.
        for (int i = 0; i < templates.Length; i++)
        {
            if (IdOf(templates[i]) is { } id) _templates[id] = templates[i];
            else if (i < templateIds.Length) _templates[templateIds[i]] = templates[i];
        }

        for (int i = 0; i < services.Length; i++)
        {
            if (IdOf(services[i]) is { } id) _services[id] = services[i];
            else if (i < serviceIds.Length) _services[serviceIds[i]] = services[i];
        }
    }

    public IReadOnlyList<Exchange> Exchanges { get; }

    public Exchange? Template(int id) => _templates.GetValueOrDefault(id);

    public Exchange? Service(int id) => _services.GetValueOrDefault(id);

    public IEnumerable<Exchange> Before(Exchange exchange) => Exchanges.TakeWhile(e => e != exchange);

    // 99 and 9999 are documents that nobody made.
    private static int[] Ids(IEnumerable<Exchange> exchanges) =>
        [.. exchanges.Select(e => e.Id).OfType<int>().Where(id => id is not (99 or 9999)).Distinct().Order()];

    private static int? IdOf(Exchange exchange) => exchange.Answer is { } answer && answer.TryGetProperty("DOCUMENT", out JsonElement document)
        ? int.Parse(document.GetProperty("ID").GetString()!, System.Globalization.CultureInfo.InvariantCulture) : null;
}
