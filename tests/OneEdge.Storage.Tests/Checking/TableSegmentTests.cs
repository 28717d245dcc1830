using CsCheck;

namespace OneEdge.Storage.Tests;

public sealed class TableSegmentTests
{
    private const int Size = 40;

    [Fact]
    public void Segments_cover_every_place_as_often_as_tables_do()
    {
        Gen<TableRange> range = Gen.Select(Gen.Int[0, Size - 1], Gen.Int[1, Size]).Select(
            (start, length) => new TableRange(start, Math.Min(Size, start + length)));
        range.Array[0, 12].Sample(tables =>
        {
            TableSegment[] segments = [.. TableSegment.Of(tables)];
            for (int place = 0; place < Size; place++)
            {
                ulong expected = (ulong)tables.Count(table => table.Start <= place && place < table.End);
                TableSegment[] covering = [.. segments.Where(segment => segment.Start <= place && place < segment.End)];
                Assert.Equal(expected == 0 ? 0 : 1, covering.Length);
                if (covering.Length == 0) continue;
                Assert.Equal(expected, covering[0].Tables);
                Assert.Contains(tables, table => table.Start == covering[0].TableStart && table.Start <= place && place < table.End);
            }
        });
    }
}
