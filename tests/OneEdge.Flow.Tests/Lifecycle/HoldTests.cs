using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>Virtual machines that wait for people.</summary>
public sealed class HoldTests
{
    [Fact, Trait("Case", "lifecycle-18"), Trait("Case", "trace-14"), Trait("Deviation", "hold-is-shown-at-once")]
    public void A_service_on_hold_is_released_in_order() => ServiceScript.Play("""
        straight hold; db 1; web 1 < db
          > create db 0 held, create web 0 held
          = HOLD | db:HOLD 1 [] ; web:HOLD 1 []
        created
          = HOLD | db:HOLD 1 [1] ; web:HOLD 1 [2]
        vm 1 HOLD
        vm 2 HOLD
        release
          > release 1
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:HOLD 1 [2]
        vm 1 RUNNING
          > release 2
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 [2]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 1 [2]
        release
          ! Service has no roles in HOLD
        log DEPLOYING_NETS | HOLD | DEPLOYING | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-19"), Trait("Deviation", "hold-is-shown-at-once")]
    public void A_role_on_hold_holds_its_children() => ServiceScript.Play("""
        straight; db 1 hold; web 1 < db
          > create db 0 held, create web 0 held
          = HOLD | db:HOLD 1 [] ; web:HOLD 1 []
        created
          = HOLD | db:HOLD 1 [1] ; web:HOLD 1 [2]
        vm 1 HOLD
        vm 2 HOLD
        release
          > release 1
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:HOLD 1 [2]
        vm 1 RUNNING
          > release 2
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 [2]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 1 [2]
        log DEPLOYING_NETS | HOLD | DEPLOYING | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-20")]
    public void Without_a_strategy_all_roles_are_released_at_once() => ServiceScript.Play("""
        none hold; db 1; web 1
          > create db 0 held, create web 0 held
          = HOLD | db:HOLD 1 [] ; web:HOLD 1 []
        created
          = HOLD | db:HOLD 1 [1] ; web:HOLD 1 [2]
        vms HOLD
        release
          > release 1, release 2
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:DEPLOYING 1 [2]
        vms RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 1 [2]
        log DEPLOYING_NETS | HOLD | DEPLOYING | RUNNING
        """);

    [Fact, Trait("Case", "trace-29")]
    public void A_role_on_hold_does_not_hold_others() => ServiceScript.Play("""
        straight; a 1 hold; b 1 < a; c 1
          > create a 0 held, create b 0 held, create c 0
          = DEPLOYING | a:HOLD 1 [] ; b:HOLD 1 [] ; c:DEPLOYING 1 []
        created
          = DEPLOYING | a:HOLD 1 [1] ; b:HOLD 1 [2] ; c:DEPLOYING 1 [3]
        vm 1 HOLD
        vm 2 HOLD
        vm 3 RUNNING
          = DEPLOYING | a:HOLD 1 [1] ; b:HOLD 1 [2] ; c:RUNNING 1 [3]
        release
          > release 1
          = DEPLOYING | a:DEPLOYING 1 [1] ; b:HOLD 1 [2] ; c:RUNNING 1 [3]
        vm 1 RUNNING
          > release 2
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 1 [2] ; c:RUNNING 1 [3]
        vm 2 RUNNING
          = RUNNING | a:RUNNING 1 [1] ; b:RUNNING 1 [2] ; c:RUNNING 1 [3]
        log DEPLOYING_NETS | DEPLOYING | RUNNING
        """);

    // The original creates the second one on hold and waits for ever for it to run.
    [Fact, Trait("Case", "lifecycle-67"), Trait("Defect", "B26"), Trait("Deviation", "hold-is-for-the-first-deployment")]
    public void B26_a_released_role_is_scaled_without_hold() => ServiceScript.Play("""
        straight; db 1 hold
          > create db 0 held
          = HOLD | db:HOLD 1 []
        created
          = HOLD | db:HOLD 1 [1]
        vm 1 HOLD
        release
          > release 1
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        scale db 2
          > create db 1
          = SCALING | db:SCALING 2 [1]
        created
          = SCALING | db:SCALING 2 [1,2]
        vm 2 RUNNING
          = COOLDOWN | db:COOLDOWN 2 [1,2]
        wait 1
          = RUNNING | db:RUNNING 2 [1,2]
        log DEPLOYING_NETS | HOLD | DEPLOYING | RUNNING | I Role db scaling up from 1 to 2 nodes | SCALING | COOLDOWN | RUNNING
        """);

    [Fact]
    public void A_service_on_hold_can_go() => ServiceScript.Play("""
        straight hold; db 1
          > create db 0 held
          = HOLD | db:HOLD 1 []
        created
          = HOLD | db:HOLD 1 [1]
        vm 1 HOLD
        undeploy
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 []
        log DEPLOYING_NETS | HOLD | UNDEPLOYING | UNDEPLOYING_NETS
        """);
}
