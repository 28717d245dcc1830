namespace OneEdge.OpenNebula.Contract.Tests;

// Each subject on the embedded cloud; each class has a cloud of its own.

public sealed class EmbeddedUserTests(EmbeddedCloudUnderTest cloud) : UserContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedServerSessionTests(EmbeddedCloudUnderTest cloud) : ServerSessionContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedQuotaTests(EmbeddedCloudUnderTest cloud) : QuotaContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedAccessTests(EmbeddedCloudUnderTest cloud) : AccessContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedVmTemplateTests(EmbeddedCloudUnderTest cloud) : VmTemplateContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedVmLifeCycleTests(EmbeddedCloudUnderTest cloud) : VmLifeCycleContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedVmStateErrorTests(EmbeddedCloudUnderTest cloud) : VmStateErrorContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedVmFailureTests(EmbeddedCloudUnderTest cloud) : VmFailureContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedVmDeviceTests(EmbeddedCloudUnderTest cloud) : VmDeviceContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedVmScheduleTests(EmbeddedCloudUnderTest cloud) : VmScheduleContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedHostTests(EmbeddedCloudUnderTest cloud) : HostContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedClusterTests(EmbeddedCloudUnderTest cloud) : ClusterContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedStorageTests(EmbeddedCloudUnderTest cloud) : StorageContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedNetworkTests(EmbeddedCloudUnderTest cloud) : NetworkContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedDocumentTests(EmbeddedCloudUnderTest cloud) : DocumentContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedMarketTests(EmbeddedCloudUnderTest cloud) : MarketContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedHookTests(EmbeddedCloudUnderTest cloud) : HookContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedErrorTests(EmbeddedCloudUnderTest cloud) : ErrorContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedCallTests(EmbeddedCloudUnderTest cloud) : CallContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedSmallerObjectTests(EmbeddedCloudUnderTest cloud) : SmallerObjectContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class EmbeddedEventTests(EmbeddedCloudUnderTest cloud) : EventContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;
