using Radzen;

namespace SEAS.Web.Components.Shared;

/// <summary>Tells a person why something that they asked for could not be done; the page goes on.</summary>
internal static class FailureNotice
{
    private const double Milliseconds = 10_000;

    /// <summary>Shows the error's message for ten seconds.</summary>
    public static void DidNotWork(this NotificationService notifications, Exception error) =>
        notifications.Notify(NotificationSeverity.Error, "That did not work", error.Message, Milliseconds);
}
