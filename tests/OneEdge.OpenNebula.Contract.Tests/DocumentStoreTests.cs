using OneEdge.OpenNebula.Tests.Documents;

namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>The contract of document stores, kept in the documents of a cloud.</summary>
public abstract class CloudDocumentStoreContract(CloudUnderTest cloud) : DocumentStoreContract
{
    // Types that nobody else has.
    private readonly DocumentType _type = (DocumentType)Random.Shared.Next(100_000, int.MaxValue - 1);

    protected override DocumentType Type => _type;

    protected virtual string Element => "BODY";

    public override ValueTask InitializeAsync()
    {
        Assert.SkipWhen(cloud.SkipReason is not null, cloud.SkipReason ?? "");
        return base.InitializeAsync();
    }

    protected override Task<IDocumentStore> OpenAsync(int number) => Task.FromResult<IDocumentStore>(new OpenNebulaDocumentStore(
        cloud.Rpc,
        $"contract-{number}-{(int)_type}",
        new()
        {
            TimeProvider = Time,
            PageSize = 3,
            Limits = new() { MaxBodyBytes = 10_000 },
            BodyElements = new Dictionary<DocumentType, string> { [_type] = Element },
        }));
}

public sealed class EmbeddedDocumentStoreTests(EmbeddedCloudUnderTest cloud) : CloudDocumentStoreContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedEncryptedDocumentStoreTests(EmbeddedCloudUnderTest cloud)
    : CloudDocumentStoreContract(cloud), IClassFixture<EmbeddedCloudUnderTest>
{
    protected override string Element => "PROVISION_BODY";
}

[Collection(RealCloud.Collection)]
public sealed class RealDocumentStoreTests(RealCloudUnderTest cloud) : CloudDocumentStoreContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealEncryptedDocumentStoreTests(RealCloudUnderTest cloud) : CloudDocumentStoreContract(cloud)
{
    protected override string Element => "PROVISION_BODY";
}
