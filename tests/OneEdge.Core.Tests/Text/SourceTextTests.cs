using System.Text;
using CsCheck;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Core.Tests.Text;

[Collection(nameof(Alone))]
public sealed class SourceTextTests
{
    // Characters of one to four bytes, and bytes that are no character.
    private static readonly string[] Pieces = ["a", "b\n", "\r\n", "ä", "€", "😀", "\uDCFF", "\uDC80", "\uDCE2\uDC82"];

    [Fact]
    public void Bytes_survive_decoding_and_encoding() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.String[0, 100].Select(text => Encoding.UTF8.GetBytes(text))).Sample(bytes =>
        {
            Assert.Equal(bytes, SourceEncoding.GetBytes(SourceEncoding.GetString(bytes)));
            Assert.Equal(bytes, SourceText.FromBytes(bytes).Bytes.ToArray());
            Assert.Equal(bytes, SourceText.From(SourceText.FromBytes(bytes).ToString()).Bytes.ToArray());
        });

    [Fact]
    public void Valid_text_is_decoded_as_usual() => Assert.Equal("aä€😀", SourceEncoding.GetString(Encoding.UTF8.GetBytes("aä€😀")));

    [Fact]
    public void Edits_in_any_order_change_their_spans_and_nothing_else() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], Gen.Byte.Array[0, 5]).Array[0, 6], Gen.Int).Sample((bytes, parts, seed) =>
        {
            List<TextEdit> edits = [];
            List<byte> expected = [];
            int position = 0;
            foreach ((int gap, int length, byte[] replacement) in parts)
            {
                // A distance of one keeps two inserts from meeting at one place, whose order is another law.
                int start = position + gap + 1;
                if (start + length > bytes.Length) break;
                edits.Add(new TextEdit(new TextSpan(start, length), replacement));
                expected.AddRange([.. bytes[position..start], .. replacement]);
                position = start + length;
            }

            expected.AddRange(bytes[position..]);
            TextEdit[] shuffled = [.. edits];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, SourceText.FromBytes(bytes).WithEdits(shuffled).Bytes.ToArray());
        });

    [Fact]
    public void Inserts_at_one_place_keep_their_order_and_come_before_a_replacement_there()
    {
        TextEdit[] edits = [new(new TextSpan(1, 1), "B"), new(new TextSpan(1, 0), "1"), new(new TextSpan(1, 0), "2")];
        Assert.Equal("a12Bc", SourceText.From("abc").WithEdits(edits).ToString());
    }

    [Theory]
    [InlineData(0, 2, 1, 1)]
    [InlineData(0, 1, 3, 1)]
    [InlineData(2, 2, 0, 1)]
    public void Overlapping_edits_and_edits_outside_are_refused(int start1, int length1, int start2, int length2)
    {
        TextEdit[] edits = [new(new TextSpan(start1, length1), "x"), new(new TextSpan(start2, length2), "y")];
        Assert.Throws<ArgumentException>(() => SourceText.From("abc").WithEdits(edits));
    }

    [Fact]
    public void No_edit_gives_the_same_text()
    {
        SourceText text = SourceText.From("abc", "name");
        Assert.Same(text, text.WithEdits([]));
        Assert.Equal("name", text.WithEdits([new(new TextSpan(0, 1), "x")]).Name);
    }

    [Theory]
    [InlineData("", 0, 1, 1)]
    [InlineData("ab\ncd", 1, 1, 2)]
    [InlineData("ab\ncd", 2, 1, 3)]
    [InlineData("ab\ncd", 3, 2, 1)]
    [InlineData("ab\r\ncd", 5, 2, 2)]
    [InlineData("ä€x", 5, 1, 3)]
    [InlineData("\uFEFFab", 4, 1, 2)]
    public void Position_counts_lines_and_characters_from_one(string text, int offset, int line, int column) =>
        Assert.Equal(new LinePosition(line, column), SourceText.From(text).GetPosition(offset));

    [Fact]
    public void Position_counts_a_foreign_byte_as_one_character() =>
        Assert.Equal(new LinePosition(1, 4), SourceText.FromBytes(new byte[] { (byte)'a', 0xE4, 0xFF, (byte)'b' }).GetPosition(3));

    [Fact]
    public void Position_in_a_long_text_is_that_of_counting_from_its_start() =>
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 30], Gen.Int[0, 2], Gen.Int[300, 900]).Sample((parts, mark, times) =>
        {
            string body = string.Concat(Enumerable.Repeat(string.Concat(parts), times));
            byte[] bytes = [.. mark == 0 ? [0xEF, 0xBB, 0xBF] : Array.Empty<byte>(), .. SourceEncoding.GetBytes(body)];
            SourceText text = SourceText.FromBytes(bytes);
            for (int offset = bytes.Length; offset >= 3; offset -= 997)
            {
                byte[] before = bytes[(mark == 0 ? 3 : 0)..offset];
                int line = before.AsSpan().LastIndexOf((byte)'\n') + 1;
                var expected = new LinePosition(before.Count(b => b == '\n') + 1, SourceEncoding.GetString(before.AsSpan(line)).EnumerateRunes().Count() + 1);
                Assert.Equal(expected, text.GetPosition(offset));
            }
        }, iter: 300);

    [Theory]
    [InlineData("\n")]
    [InlineData("x")]
    [InlineData("\uDCFF")]
    public void Place_in_a_text_of_any_length_is_found_by_reading_a_few_thousand_bytes(string piece)
    {
        byte[] bytes = SourceEncoding.GetBytes(string.Concat(Enumerable.Repeat(piece, 1_000_000)));
        Assert.InRange(PositionIndex.Of(bytes, 0).LongestWay, 1, 2052);
    }

    [Fact]
    public void Edits_allocate_the_new_text_and_little_more()
    {
        SourceText text = SourceText.From(new string('x', 1_000_000));
        TextEdit[] edits = [new(new TextSpan(1_000_000, 0), "end"), new(new TextSpan(0, 1), "start")];
        Assert.InRange(AllocationMeter.Least(() => text.WithEdits(edits)), 1_000_000, 1_010_000);
    }

    [Fact]
    public void Position_outside_is_an_argument_error() => Assert.Throws<ArgumentOutOfRangeException>(() => SourceText.From("a").GetPosition(2));

    [Fact]
    public void Byte_order_mark_stays_and_is_known()
    {
        SourceText text = SourceText.FromBytes(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a' });
        Assert.Equal(3, text.ByteOrderMarkLength);
        Assert.Equal("\uFEFFa", text.ToString());
        Assert.Equal(0, SourceText.From("a").ByteOrderMarkLength);
    }
}
