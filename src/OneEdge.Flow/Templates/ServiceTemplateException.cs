namespace OneEdge.Flow;

/// <summary>
/// A service template or a role is not valid; everything that is wrong with it is listed. The code is <see cref="FlowErrorCodes.TemplateInvalid"/>.
/// </summary>
public sealed class ServiceTemplateException : FlowException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">What is wrong; at least one.</param>
    /// <exception cref="ArgumentException">There is no error.</exception>
    public ServiceTemplateException(IReadOnlyList<ServiceTemplateError> errors)
        : base(FlowErrorCodes.TemplateInvalid, MessageOf(errors)) => Errors = errors;

    /// <summary>What is wrong: first what OneFlow refuses too, in its order, then what it accepts.</summary>
    public IReadOnlyList<ServiceTemplateError> Errors { get; }

    /// <summary>
    /// The text that OneFlow answers, exactly; <see langword="null"/> when it accepts the template, or dies of it with an internal error.
    /// </summary>
    public string? OriginalMessage => Errors[0].OriginalMessage;

    private static string MessageOf(IReadOnlyList<ServiceTemplateError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (errors.Count == 0) throw new ArgumentException("There is no error.", nameof(errors));
        return string.Join('\n', errors);
    }
}
