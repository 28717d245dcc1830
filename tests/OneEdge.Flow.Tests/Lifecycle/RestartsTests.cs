using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>Another engine takes over.</summary>
public sealed class RestartsTests
{
    [Fact, Trait("Case", "lifecycle-36"), Trait("Case", "trace-27")]
    public void A_deployment_goes_on() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":1,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":1,"nodes":[{"deploy_id":1}]},
          {"name":"web","vm_template":0,"cardinality":1,"cooldown":1,"parents":["db"],"state":0}]}
          > read
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:PENDING 1 []
        reads 1 RUNNING
          > create web 0
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 []
        created
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 [2]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 1 [2]
        log RUNNING
        """);

    // The original resumes it.
    [Fact, Trait("Case", "lifecycle-37"), Trait("Deviation", "what-boots-is-left-alone")]
    public void What_still_boots_is_waited_for() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":1,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":1,"nodes":[{"deploy_id":1}]}]}
          > read
          = DEPLOYING | db:DEPLOYING 1 [1]
        reads 1 BOOT
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        log RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-38")]
    public void What_was_not_created_yet_is_created() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":1,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":2,"cooldown":1,"state":1,"nodes":[{"deploy_id":1}],"last_vmname":1}]}
          > read
          = DEPLOYING | db:DEPLOYING 2 [1]
        reads 1 RUNNING
          > create db 1
        created
          = DEPLOYING | db:DEPLOYING 2 [1,2]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 2 [1,2]
        log RUNNING
        """);

    // The original loses it and creates another one.
    [Fact, Trait("Case", "lifecycle-38"), Trait("Defect", "B1"), Trait("Deviation", "what-exists-is-found-again")]
    public void B1_what_was_created_and_not_written_down_is_found_again() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":1,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":2,"cooldown":1,"state":1,"nodes":[{"deploy_id":1}],"last_vmname":1}]}
          > read
          = DEPLOYING | db:DEPLOYING 2 [1]
        reads 1 RUNNING, 2 RUNNING of db
          = RUNNING | db:RUNNING 2 [1,2]
        log W Role db : VM 2 was found again | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-39")]
    public void A_removal_goes_on() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":3,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":2,"nodes":[{"deploy_id":1}]},
          {"name":"web","vm_template":0,"cardinality":1,"cooldown":1,"parents":["db"],"state":3,"nodes":[{"deploy_id":2}]}]}
          > read
          = UNDEPLOYING | db:RUNNING 1 [1] ; web:UNDEPLOYING 1 [2]
        reads 1 RUNNING, 2 SHUTDOWN
        vm 2 DONE
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1] ; web:DONE 1 []
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 [] ; web:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 [] ; web:DONE 1 []
        log UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-40")]
    public void Scaling_up_goes_on() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":8,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":2,"cooldown":1,"state":8,"nodes":[{"deploy_id":1},{"deploy_id":2}],"scale_way":0}]}
          > read
          = SCALING | db:SCALING 2 [1,2]
        reads 1 RUNNING, 2 RUNNING
          = COOLDOWN | db:COOLDOWN 2 [1,2]
        wait 1
          = RUNNING | db:RUNNING 2 [1,2]
        log COOLDOWN | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-41")]
    public void Scaling_down_goes_on() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":8,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":8,"nodes":[{"deploy_id":1},{"deploy_id":2}],"scale_way":1}]}
          > read
          = SCALING | db:SCALING 1 [1,2]
        reads 1 RUNNING, 2 RUNNING
          > terminate 1
        vm 1 DONE
          = COOLDOWN | db:COOLDOWN 1 [2]
        wait 1
          = RUNNING | db:RUNNING 1 [2]
        log COOLDOWN | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-42")]
    public void A_cooldown_of_which_nothing_is_known_is_over() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":10,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":10,"nodes":[{"deploy_id":1}]},
          {"name":"web","vm_template":0,"cardinality":1,"cooldown":1,"state":4,"nodes":[{"deploy_id":2}]}]}
          > read
          = COOLDOWN | db:COOLDOWN 1 [1] ; web:WARNING 1 [2]
        reads 1 RUNNING, 2 POWEROFF
          = WARNING | db:RUNNING 1 [1] ; web:WARNING 1 [2]
        log WARNING
        """);

    // The original ends it.
    [Fact, Trait("Deviation", "a-cooldown-is-that-of-its-scaling")]
    public void A_cooldown_of_our_own_goes_on() => ServiceScript.Play("""
        none; db 1 cooldown 60
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
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
        restart
          > read
        reads 1 RUNNING, 2 RUNNING
        wait 59
        wait 1
          = RUNNING | db:RUNNING 2 [1,2]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling up from 1 to 2 nodes | SCALING | COOLDOWN | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-43")]
    public void Networks_are_waited_for() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":11,"start_time":1,"networks_values":[{"Own":{"template_id":"3","id":101}}],"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":0}]}
          > read
          = DEPLOYING_NETS | db:PENDING 1 []
        reads net Own 101 READY
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        log DEPLOYING | RUNNING
        """);

    // The original deletes the document and leaves the network.
    [Fact, Trait("Case", "lifecycle-44"), Trait("Defect", "B3"), Trait("Deviation", "networks-go-before-the-document")]
    public void B3_networks_that_are_left_are_deleted_before_the_document() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":12,"start_time":1,"networks_values":[{"Own":{"template_id":"3","id":101}}],"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":5}]}
          > read
          = UNDEPLOYING_NETS | db:DONE 1 []
        reads net Own 101 READY
          > delete network 101
        net 101 DONE
          > delete document
        """);

    // The original leaves it in PENDING for ever.
    [Fact, Trait("Case", "lifecycle-45"), Trait("Deviation", "restarts-go-on")]
    public void What_was_not_begun_is_begun() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":0,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":0}]}
          > read
          = PENDING | db:PENDING 1 []
        reads
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        log DEPLOYING | RUNNING
        """);

    // The original does not create the virtual machine of web.
    [Fact, Trait("Case", "lifecycle-46"), Trait("Deviation", "restarts-go-on")]
    public void What_waits_to_be_released_goes_on_waiting() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":15,"start_time":1,"on_hold":true,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":11,"nodes":[{"deploy_id":1}],"on_hold":true},
          {"name":"web","vm_template":0,"cardinality":1,"cooldown":1,"parents":["db"],"state":0}]}
          > read
          = HOLD | db:HOLD 1 [1] ; web:PENDING 1 []
        reads 1 HOLD
          > create web 0 held
          = HOLD | db:HOLD 1 [1] ; web:HOLD 1 []
        created
          = HOLD | db:HOLD 1 [1] ; web:HOLD 1 [2]
        vm 2 HOLD
        release
          > release 1
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:HOLD 1 [2]
        vm 1 RUNNING
          > release 2
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 [2]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 1 [2]
        log DEPLOYING | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-47")]
    public void What_happened_meanwhile_is_noticed() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":2,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":2,"cooldown":1,"state":2,"nodes":[{"deploy_id":1},{"deploy_id":2}]}]}
          > read
          = RUNNING | db:RUNNING 2 [1,2]
        reads 1 POWEROFF, 2 DONE
          = WARNING | db:WARNING 1 [1]
        log I Role db scaling down from 2 to 1 nodes | WARNING
        """);

    [Fact, Trait("Case", "lifecycle-48")]
    public void A_warning_that_is_over_ends() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":4,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":4,"nodes":[{"deploy_id":1}]}]}
          > read
          = WARNING | db:WARNING 1 [1]
        reads 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        log RUNNING
        """);

    // The original leaves it as it is.
    [Fact, Trait("Case", "lifecycle-49"), Trait("Deviation", "restarts-go-on")]
    public void A_failed_deployment_whose_virtual_machines_are_all_there_is_none() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":7,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":7,"nodes":[{"deploy_id":1}]}]}
          > read
          = FAILED_DEPLOYING | db:FAILED_DEPLOYING 1 [1]
        reads 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        log RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-49")]
    public void A_failed_deployment_creates_nothing_before_it_is_recovered() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":7,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":2,"cooldown":1,"state":7,"nodes":[{"deploy_id":1}],"last_vmname":2}]}
          > read
          = FAILED_DEPLOYING | db:FAILED_DEPLOYING 2 [1]
        reads 1 RUNNING
        recover
          > read, create db 2
          = DEPLOYING | db:DEPLOYING 2 [1]
        created
          = DEPLOYING | db:DEPLOYING 2 [1,2]
        reads 1 RUNNING, 2 PENDING
        vm 2 RUNNING
          = RUNNING | db:RUNNING 2 [1,2]
        log DEPLOYING | RUNNING
        """);

    // The original tries it again, and takes it for deployed.
    [Fact, Trait("Case", "lifecycle-62"), Trait("Deviation", "restarts-go-on")]
    public void What_has_failed_meanwhile_is_a_failure() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":1,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":1,"nodes":[{"deploy_id":1}]}]}
          > read
          = DEPLOYING | db:DEPLOYING 1 [1]
        reads 1 BOOT_FAILURE
          = FAILED_DEPLOYING | db:FAILED_DEPLOYING 1 [1]
        recover
          > retry 1, read
          = DEPLOYING | db:DEPLOYING 1 [1]
        reads 1 BOOT
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        log FAILED_DEPLOYING | DEPLOYING | RUNNING
        """);

    // The original waits until somebody recovers it.
    [Fact, Trait("Case", "lifecycle-63"), Trait("Deviation", "restarts-go-on")]
    public void A_failed_removal_is_tried_again_at_once() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":6,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":6,"nodes":[{"deploy_id":1}]}]}
          > read
          = FAILED_UNDEPLOYING | db:FAILED_UNDEPLOYING 1 [1]
        reads 1 RUNNING
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 []
        log UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // What another engine does after each restart is what this one would have done.
    [Fact]
    public void Whatever_was_going_on_goes_on() => ServiceScript.Play("""
        straight; db 1; web 2 < db; net Own
          > make Own
          = DEPLOYING_NETS | db:PENDING 1 [] ; web:PENDING 2 []
        restart
          > read
        reads
          > make Own
        net Own 101
        restart
          > read
        reads net Own 101 READY
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 [] ; web:PENDING 2 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:PENDING 2 []
        restart
          > read
        reads 1 RUNNING, net Own 101 READY
          > create web 0, create web 1
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 2 []
        created
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 2 [2,3]
        restart
          > read
        reads 1 RUNNING, 2 BOOT, 3 RUNNING, net Own 101 READY
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 2 [2,3]
        undeploy
          > terminate 2, terminate 3
          = UNDEPLOYING | db:RUNNING 1 [1] ; web:UNDEPLOYING 2 [2,3]
        restart
          > read
        reads 1 RUNNING, 2 SHUTDOWN, 3 RUNNING, net Own 101 READY
          > terminate 3
        vm 2 DONE
          = UNDEPLOYING | db:RUNNING 1 [1] ; web:UNDEPLOYING 2 [3]
        vm 3 DONE
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1] ; web:DONE 2 []
        restart
          > read
        reads 1 RUNNING, net Own 101 READY
          > terminate 1
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 [] ; web:DONE 2 []
        reads
          > delete network 101
          = UNDEPLOYING_NETS | db:DONE 1 [] ; web:DONE 2 []
        restart
          > read
        reads net Own 101 READY
          > delete network 101
        net 101 DONE
          > delete document
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);
}
