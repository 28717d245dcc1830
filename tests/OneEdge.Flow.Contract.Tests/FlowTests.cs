using OneEdge.OpenNebula.Contract.Tests;

namespace OneEdge.Flow.Contract.Tests;

// The contract on the embedded cloud, and on a real one when there is one.

public sealed class EmbeddedFlowTests(EmbeddedCloudUnderTest cloud) : FlowContract(cloud), IClassFixture<EmbeddedCloudUnderTest>;

public sealed class RealFlowTests(RealCloudUnderTest cloud) : FlowContract(cloud);
