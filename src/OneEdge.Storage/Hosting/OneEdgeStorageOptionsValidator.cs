using Microsoft.Extensions.Options;

namespace OneEdge.Storage;

/// <summary>Validates settings by their attributes, without reflection.</summary>
[OptionsValidator]
internal sealed partial class OneEdgeStorageOptionsValidator : IValidateOptions<OneEdgeStorageOptions>;
