using System.Text.Json;

namespace OneEdge.Storage.Tests;

public sealed class CheckVectorTests
{
    public static TheoryData<string> Good => [.. ImageCases.Good.Keys];

    public static TheoryData<string> Hostile => [.. ImageCases.Hostile.Keys];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Check_of_a_valid_image_is_what_qemu_tells(string id)
    {
        ImageCase image = ImageCases.Good[id];
        Qcow2CheckResult result = await Check(image);
        if (CheckDeviations.RuleFor(image) is { } rule)
        {
            Assert.Equal(CheckDeviations.EncryptedImagesAreChecked, rule);
            Assert.True(result.IsClean, string.Join('\n', result.Findings));
            return;
        }

        JsonElement recorded = image.Json.GetProperty("check");
        Assert.Equal(recorded.GetProperty("exit").GetInt32(), (int)result.Kind);
        JsonComparison.Equal(recorded.GetProperty("json"), result.ToJson());
        AssertFindingsAddUp(result);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Check_of_a_hostile_image_comes_to_what_qemu_tells(string id)
    {
        ImageCase image = ImageCases.Hostile[id];
        JsonElement recorded = image.Json.GetProperty("check");
        string? rule = CheckDeviations.RuleFor(image);
        Qcow2CheckResult result;
        try
        {
            result = await Check(image);
        }
        catch (Qcow2Exception) when (rule is CheckDeviations.BackingLoopsAreRefused or CheckDeviations.EveryImageHasARefcountTable)
        {
            return;
        }
        catch (Qcow2Exception) when (recorded.GetProperty("exit").GetInt32() == (int)Qcow2CheckKind.Failed)
        {
            // Not opened at all, as in qemu.
            return;
        }

        if (rule is not null)
        {
            Assert.Equal(CheckDeviations.EncryptedImagesAreChecked, rule);
            return;
        }

        Assert.Equal(recorded.GetProperty("exit").GetInt32(), (int)result.Kind);
        if (recorded.GetProperty("json").ValueKind == JsonValueKind.Object) JsonComparison.Equal(recorded.GetProperty("json"), result.ToJson());
        AssertFindingsAddUp(result);
    }

    private static async Task<Qcow2CheckResult> Check(ImageCase image)
    {
        using TemporaryDirectory directory = image.Unpack();
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(image.Main, image.Options(directory), TestContext.Current.CancellationToken);
        return await disk.CheckAsync(TestContext.Current.CancellationToken);
    }

    private static void AssertFindingsAddUp(Qcow2CheckResult result)
    {
        Assert.Equal(result.FindingCount, result.Findings.Count);
        Assert.All(result.Findings, finding => Assert.Matches("^.+\\.$", finding.Message));
        Assert.Equal(result.Corruptions, result.Findings.Where(f => f.Effect == Qcow2CheckEffect.Corruption).Sum(f => f.Count));
        Assert.Equal(result.Leaks, result.Findings.Where(f => f.Effect == Qcow2CheckEffect.Leak).Sum(f => f.Count));
        Assert.Equal(result.CheckErrors, result.Findings.Where(f => f.Effect == Qcow2CheckEffect.CheckError).Sum(f => f.Count));
    }
}
