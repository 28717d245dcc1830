namespace OneEdge.OpenNebula;

/// <summary>The forms of topics. A change of a state is published under the first, the second and perhaps the third of them, in this order.</summary>
internal enum HookTopicForm
{
    /// <summary><c>EVENT VM 4/ACTIVE/RUNNING </c></summary>
    Object,

    /// <summary><c>EVENT STATE VM/ACTIVE/RUNNING/4 </c></summary>
    State,

    /// <summary><c>EVENT SERVICE 50 </c></summary>
    Service,

    /// <summary><c>EVENT API one.vm.update 1</c></summary>
    Api,

    /// <summary><c>RETRY</c></summary>
    Retry,

    /// <summary>A form that this library does not know.</summary>
    Unknown,

    /// <summary>Almost one of the forms above.</summary>
    Malformed,
}
