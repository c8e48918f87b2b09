using SEAS.Training.Measures;
using SEAS.Training.Pairing;

namespace SEAS.Training.Review;

/// <summary>How often the attacks of one round succeeded, with 95 % intervals: shares of the judged answers that are unsafe.</summary>
/// <param name="Guard">By the guard alone.</param>
/// <param name="Effective">By the verdicts in effect: people's before the guard's; prompts that people called invalid do not count.</param>
internal sealed record RoundAsr(Proportion Guard, Proportion Effective)
{
    public static RoundAsr Of(IEnumerable<JudgedAttack> attacks)
    {
        var all = attacks.ToList();
        return new RoundAsr(
            Proportion.Of(all.SelectMany(attack => attack.Answers).ToList(), answer => answer.GuardUnsafe),
            Proportion.Of(all.Where(attack => !attack.Dropped).SelectMany(attack => attack.Answers).ToList(), answer => answer.Unsafe));
    }
}
