namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>Each subject on a real cloud, when there is one; one after the other, for there is only one cloud.</summary>
[CollectionDefinition(Collection)]
public sealed class RealCloud
{
    public const string Collection = "Real cloud";
}

[Collection(RealCloud.Collection)]
public sealed class RealUserTests(RealCloudUnderTest cloud) : UserContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealServerSessionTests(RealCloudUnderTest cloud) : ServerSessionContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealQuotaTests(RealCloudUnderTest cloud) : QuotaContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealAccessTests(RealCloudUnderTest cloud) : AccessContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealVmTemplateTests(RealCloudUnderTest cloud) : VmTemplateContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealVmLifeCycleTests(RealCloudUnderTest cloud) : VmLifeCycleContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealVmStateErrorTests(RealCloudUnderTest cloud) : VmStateErrorContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealVmFailureTests(RealCloudUnderTest cloud) : VmFailureContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealVmDeviceTests(RealCloudUnderTest cloud) : VmDeviceContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealVmScheduleTests(RealCloudUnderTest cloud) : VmScheduleContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealHostTests(RealCloudUnderTest cloud) : HostContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealClusterTests(RealCloudUnderTest cloud) : ClusterContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealStorageTests(RealCloudUnderTest cloud) : StorageContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealNetworkTests(RealCloudUnderTest cloud) : NetworkContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealDocumentTests(RealCloudUnderTest cloud) : DocumentContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealMarketTests(RealCloudUnderTest cloud) : MarketContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealHookTests(RealCloudUnderTest cloud) : HookContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealErrorTests(RealCloudUnderTest cloud) : ErrorContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealCallTests(RealCloudUnderTest cloud) : CallContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealSmallerObjectTests(RealCloudUnderTest cloud) : SmallerObjectContract(cloud);

[Collection(RealCloud.Collection)]
public sealed class RealEventTests(RealCloudUnderTest cloud) : EventContract(cloud);
