using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>Scheduled actions, names and owners.</summary>
public sealed class ActionsTests
{
    [Fact, Trait("Case", "lifecycle-33"), Trait("Case", "trace-17")]
    public void Actions_are_scheduled_one_group_after_the_other() => ServiceScript.Play("""
        none; a 3
          > create a 0, create a 1, create a 2
          = DEPLOYING | a:DEPLOYING 3 []
        created
          = DEPLOYING | a:DEPLOYING 3 [1,2,3]
        vms RUNNING
          = RUNNING | a:RUNNING 3 [1,2,3]
        action a poweroff 300 2
          > schedule poweroff of 1 in 0 s, schedule poweroff of 2 in 0 s, schedule poweroff of 3 in 300 s
        action all snapshot-create name1
          > schedule snapshot-create (name1) of 1 in 0 s, schedule snapshot-create (name1) of 2 in 0 s, schedule snapshot-create (name1) of 3 in 0 s
        action nope poweroff
          ! Role 'nope' not found
        action a nonsense
          ! Action nonsense not supported
        log DEPLOYING_NETS | DEPLOYING | RUNNING
        """);

    [Fact, Trait("Deviation", "actions-leave-out-what-goes")]
    public void Actions_leave_out_what_goes() => ServiceScript.Play("""
        none; a 2
          > create a 0, create a 1
          = DEPLOYING | a:DEPLOYING 2 []
        created
          = DEPLOYING | a:DEPLOYING 2 [1,2]
        vms RUNNING
          = RUNNING | a:RUNNING 2 [1,2]
        scale a 1
          > terminate 1
          = SCALING | a:SCALING 1 [1,2]
        action a poweroff
          > schedule poweroff of 2 in 0 s
        vm 1 DONE
          = COOLDOWN | a:COOLDOWN 1 [2]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role a scaling down from 2 to 1 nodes | SCALING | COOLDOWN
        """);

    [Fact]
    public void Actions_are_granted_in_every_state_but_of_roles_that_are_gone() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        action a poweroff
          > schedule poweroff of 1 in 0 s
        undeploy
          > terminate 1
          = UNDEPLOYING | a:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | a:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 []
        action a poweroff
          ! Role a is in DONE state
        log DEPLOYING_NETS | DEPLOYING | UNDEPLOYING | UNDEPLOYING_NETS
        """);
}
