using Microsoft.Extensions.Logging;

namespace OneEdge.Storage.Replicas;

/// <summary>The messages about the cache of a replica.</summary>
internal static partial class CacheLog
{
    [LoggerMessage(
        EventId = 21, EventName = "FetchStarted", Level = LogLevel.Information,
        Message = "{Image}, {Bytes} bytes, is fetched to the cache of replica {Replica}")]
    public static partial void FetchStarted(ILogger logger, LogText image, string replica, long bytes);

    [LoggerMessage(
        EventId = 22, EventName = "FetchFinished", Level = LogLevel.Information,
        Message = "{Image} is in the cache of replica {Replica} after {Milliseconds:0} ms")]
    public static partial void FetchFinished(ILogger logger, LogText image, string replica, double milliseconds);

    [LoggerMessage(
        EventId = 23, EventName = "FetchFailed", Level = LogLevel.Warning,
        Message = "{Image} did not come to the cache of replica {Replica}: {Code} after {Milliseconds:0} ms: {Reason}")]
    public static partial void FetchFailed(ILogger logger, LogText image, string replica, string code, double milliseconds, LogText reason);

    [LoggerMessage(
        EventId = 24, EventName = "ImageCached", Level = LogLevel.Debug,
        Message = "{Image} is in the cache of replica {Replica} already")]
    public static partial void ImageCached(ILogger logger, LogText image, string replica);

    [LoggerMessage(
        EventId = 25, EventName = "ImageEvicted", Level = LogLevel.Information,
        Message = "Replica {Replica} gave up its cached image {Evicted} for {Image}")]
    public static partial void ImageEvicted(ILogger logger, string replica, LogText evicted, LogText image);

    [LoggerMessage(
        EventId = 26, EventName = "LockAwaited", Level = LogLevel.Information,
        Message = "Somebody else fetches {Image} to replica {Replica}; that is waited for, up to {Limit}")]
    public static partial void LockAwaited(ILogger logger, LogText image, string replica, TimeSpan limit);

    [LoggerMessage(
        EventId = 27, EventName = "LockTakenOver", Level = LogLevel.Warning,
        Message = "The lock of {Image} on replica {Replica} was left by a holder that is gone, and is taken over")]
    public static partial void LockTakenOver(ILogger logger, LogText image, string replica);

    [LoggerMessage(
        EventId = 28, EventName = "CachedImageDamaged", Level = LogLevel.Warning,
        Message = "The copy of {Image} in the cache of replica {Replica} is not what it should be, and is fetched again")]
    public static partial void CachedImageDamaged(ILogger logger, LogText image, string replica);
}
