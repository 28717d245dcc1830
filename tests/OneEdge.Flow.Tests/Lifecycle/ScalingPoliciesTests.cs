using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>What follows from the decisions of the autoscaler.</summary>
public sealed class ScalingPoliciesTests
{
    // The original takes the 2 seconds for the cooldown of the role from then on.
    [Fact, Trait("Case", "lifecycle-34"), Trait("Defect", "B10"), Trait("Deviation", "a-cooldown-is-that-of-its-scaling")]
    public void B10_a_cooldown_of_a_policy_holds_for_its_scaling() => ServiceScript.Play("""
        none; db 1 min 1 max 3
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vms RUNNING
          = RUNNING | db:RUNNING 1 [1]
        policies db 2 cooldown 2
          > create db 1
          = SCALING | db:SCALING 2 [1]
        created
          = SCALING | db:SCALING 2 [1,2]
        vm 2 RUNNING
          = COOLDOWN | db:COOLDOWN 2 [1,2]
        wait 1
        wait 1
          = RUNNING | db:RUNNING 2 [1,2]
        policies db 3
          > create db 2
          = SCALING | db:SCALING 3 [1,2]
        created
          = SCALING | db:SCALING 3 [1,2,3]
        vm 3 RUNNING
          = COOLDOWN | db:COOLDOWN 3 [1,2,3]
        wait 1
          = RUNNING | db:RUNNING 3 [1,2,3]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling up from 1 to 2 nodes | SCALING | COOLDOWN | RUNNING
            | I Role db scaling up from 2 to 3 nodes | SCALING | COOLDOWN | RUNNING
        """);

    // The original evaluates the policies of web, cannot scale it, and takes them for done.
    [Fact, Trait("Case", "lifecycle-34"), Trait("Defect", "B11"), Trait("Deviation", "roles-are-scaled-independently")]
    public void B11_a_schedule_that_comes_while_another_role_is_scaled_is_not_lost() => ServiceScript.Play("""
        none; db 1 min 1 max 3; web 1 min 1 max 3
          > create db 0, create web 0
          = DEPLOYING | db:DEPLOYING 1 [] ; web:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:DEPLOYING 1 [2]
        vms RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 1 [2]
        policies db 2
          > create db 1
          = SCALING | db:SCALING 2 [1] ; web:RUNNING 1 [2]
        policies web 2
          > create web 1
          = SCALING | db:SCALING 2 [1] ; web:SCALING 2 [2]
        created
          = SCALING | db:SCALING 2 [1,3] ; web:SCALING 2 [2,4]
        policies db 3
          ! Service cannot be scaled in state: SCALING
        vms RUNNING
          = COOLDOWN | db:COOLDOWN 2 [1,3] ; web:COOLDOWN 2 [2,4]
        policies db 3
          ! Service cannot be scaled in state: COOLDOWN
        wait 1
          = RUNNING | db:RUNNING 2 [1,3] ; web:RUNNING 2 [2,4]
        policies db 3
          > create db 2
          = SCALING | db:SCALING 3 [1,3] ; web:RUNNING 2 [2,4]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling up from 1 to 2 nodes | SCALING | I Role web scaling up from 1 to 2 nodes
            | COOLDOWN | RUNNING | I Role db scaling up from 2 to 3 nodes | SCALING
        """);

    [Fact, Trait("Case", "lifecycle-35"), Trait("Case", "trace-05"), Trait("Defect", "B10")]
    [Trait("Deviation", "a-cooldown-is-that-of-its-scaling")]
    public void B10_the_rule_for_the_least_number_rests_not_at_all_and_leaves_the_cooldown() => ServiceScript.Play("""
        straight; db 2 min 2 max 4 cooldown 50
          > create db 0, create db 1
          = DEPLOYING | db:DEPLOYING 2 []
        created
          = DEPLOYING | db:DEPLOYING 2 [1,2]
        vms RUNNING
          = RUNNING | db:RUNNING 2 [1,2]
        vm 1 DONE
          = RUNNING | db:RUNNING 1 [2]
        policies db 2 cooldown 0
          > create db 2
          = SCALING | db:SCALING 2 [2]
        created
          = SCALING | db:SCALING 2 [2,3]
        vm 3 RUNNING
          = RUNNING | db:RUNNING 2 [2,3]
        scale db 3
          > create db 3
          = SCALING | db:SCALING 3 [2,3]
        created
          = SCALING | db:SCALING 3 [2,3,4]
        vm 4 RUNNING
          = COOLDOWN | db:COOLDOWN 3 [2,3,4]
        wait 49
        wait 1
          = RUNNING | db:RUNNING 3 [2,3,4]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling down from 2 to 1 nodes | I Role db scaling up from 1 to 2 nodes | SCALING
            | RUNNING | I Role db scaling up from 2 to 3 nodes | SCALING | COOLDOWN | RUNNING
        """);

    [Fact, Trait("Case", "trace-06"), Trait("Case", "trace-07")]
    public void A_scheduled_policy_scales_as_a_request_does() => ServiceScript.Play("""
        none; a 1 min 1 max 5
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        policies a 3
          > create a 1, create a 2
          = SCALING | a:SCALING 3 [1]
        created
          = SCALING | a:SCALING 3 [1,2,3]
        vms RUNNING
          = COOLDOWN | a:COOLDOWN 3 [1,2,3]
        wait 1
          = RUNNING | a:RUNNING 3 [1,2,3]
        policies a 5
          > create a 3, create a 4
          = SCALING | a:SCALING 5 [1,2,3]
        created
          = SCALING | a:SCALING 5 [1,2,3,4,5]
        vms RUNNING
          = COOLDOWN | a:COOLDOWN 5 [1,2,3,4,5]
        wait 1
          = RUNNING | a:RUNNING 5 [1,2,3,4,5]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role a scaling up from 1 to 3 nodes | SCALING | COOLDOWN | RUNNING
            | I Role a scaling up from 3 to 5 nodes | SCALING | COOLDOWN | RUNNING
        """);

    // The original's autoscaler ends at the first one, for all services.
    // Here deciding throws nothing (AutoscalerTests), and what a decision says is checked again.
    [Fact, Trait("Case", "lifecycle-72"), Trait("Defect", "B12")]
    public void B12_a_broken_policy_stops_nothing() => ServiceScript.Play("""
        straight; db 1 min 1 max 3
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        policies nope 2
          ! Role nope not found
        policies db 9
        policies db 2
          > create db 1
          = SCALING | db:SCALING 2 [1]
        created
          = SCALING | db:SCALING 2 [1,2]
        vm 2 RUNNING
          = COOLDOWN | db:COOLDOWN 2 [1,2]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling up from 1 to 2 nodes | SCALING | COOLDOWN
        """);
}
