using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>Deployed is what says so.</summary>
public sealed class ReadyGateTests
{
    [Fact, Trait("Case", "lifecycle-21"), Trait("Case", "trace-11")]
    public void With_the_gate_a_virtual_machine_is_deployed_when_it_says_that_it_is_ready() => ServiceScript.Play("""
        straight gate; db 2; web 1 < db
          > create db 0, create db 1
          = DEPLOYING | db:DEPLOYING 2 [] ; web:PENDING 1 []
        created
          = DEPLOYING | db:DEPLOYING 2 [1,2] ; web:PENDING 1 []
        vm 1 RUNNING
        vm 2 RUNNING
        vm 1 READY
        vm 2 READY
          > create web 0
          = DEPLOYING | db:RUNNING 2 [1,2] ; web:DEPLOYING 1 []
        created
          = DEPLOYING | db:RUNNING 2 [1,2] ; web:DEPLOYING 1 [3]
        vm 3 RUNNING
        vm 3 READY
          = RUNNING | db:RUNNING 2 [1,2] ; web:RUNNING 1 [3]
        undeploy
          > terminate 3
          = UNDEPLOYING | db:RUNNING 2 [1,2] ; web:UNDEPLOYING 1 [3]
        vm 3 DONE
          > terminate 1, terminate 2
          = UNDEPLOYING | db:UNDEPLOYING 2 [1,2] ; web:DONE 1 []
        vm 1 DONE
          = UNDEPLOYING | db:UNDEPLOYING 2 [2] ; web:DONE 1 []
        vm 2 DONE
          > read
          = UNDEPLOYING | db:DONE 2 [] ; web:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 2 [] ; web:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-22")]
    public void With_the_gate_a_failure_is_seen_at_once() => ServiceScript.Play("""
        straight gate; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 BOOT_FAILURE
          = FAILED_DEPLOYING | db:FAILED_DEPLOYING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | FAILED_DEPLOYING
        """);

    [Fact]
    public void With_the_gate_readiness_that_was_only_read_counts() => ServiceScript.Play("""
        straight gate; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
        lost
          > read
        reads 1 READY
          = RUNNING | db:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | RUNNING
        """);
}
