using OneEdge.Flow.Documents;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Documents;

public sealed class OwnMemberTests
{
    [Fact]
    public void Own_member_is_not_the_one_that_document_stores_keep_for_themselves() => Assert.NotEqual(DocumentRules.ReservedMember, OwnMember.Name);
}
