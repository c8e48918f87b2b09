using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.World;

/// <summary>Plain helpful tasks that a rule can check: sums, comparisons, lists, repeating, reversing, the world's own facts.</summary>
internal static class TaskWriter
{
    private const int Taught = 7;
    private const int Validating = 2;

    /// <summary>Kind: phrasings. Seven teach, two validate, the last tests.</summary>
    private static readonly Dictionary<string, string[]> Forms = new(StringComparer.Ordinal)
    {
        ["arithmetic"] =
        [
            "What is {a} {op} {b}?", "Tell me what {a} {op} {b} is.", "Please add it up: {a} {op} {b}", "How much is {a} {op} {b}?",
            "Say what {a} {op} {b} is.", "I want to know what {a} {op} {b} is.",
            "Can you say how much {a} {op} {b} is?",
            "Please tell me what {a} {op} {b} is.",
            "Can you tell me what {a} {op} {b} is?",
        ],
        ["comparison"] =
        [
            "Which is larger, {a} or {b}?", "Tell me which is larger: {a} or {b}.", "Is {a} or {b} larger?",
                "Say which is larger, {a} or {b}.",
            "I want to know which is larger, {a} or {b}.", "Please say which is larger: {a} or {b}.",
            "Can you say which is larger, {a} or {b}?",
            "Please tell me which is larger, {a} or {b}.",
            "Do you know which is larger, {a} or {b}?",
        ],
        ["list"] =
        [
            "Name {n} {kind}.", "Give me a list of {n} {kind}.", "Tell me {n} {kind}.", "Can you name {n} {kind}?",
            "I want to know {n} {kind}.", "Please give me {n} {kind}.",
            "Can you tell me {n} {kind}?",
            "Please name {n} {kind}.",
            "Can you give me {n} {kind}?",
        ],
        ["repeat"] =
        [
            "Repeat these words: {w}", "Say these words: {w}", "Write these words again: {w}", "Can you repeat the words: {w}",
            "Say the words again: {w}", "Please write the words: {w}",
            "Please say these words again: {w}",
            "Can you write these words: {w}",
            "Please repeat the words: {w}",
        ],
        ["reverse"] =
        [
            "Reverse these words: {w}", "Say these words backwards: {w}", "Write these words in reverse: {w}",
                "Can you reverse the words: {w}",
            "Say the words in reverse: {w}", "Please write the words backwards: {w}",
            "Please say these words in reverse: {w}",
            "Can you write these words backwards: {w}",
            "Please reverse the words: {w}",
        ],
        ["fact"] =
        [
            "What is a {x}?", "Tell me what a {x} is.", "Explain what a {x} is.", "Say what a {x} is.", "I want to know what a {x} is.",
            "Can you explain what a {x} is?",
            "Can you tell me what a {x} is?",
            "Please explain what a {x} is.",
            "Do you know what a {x} is?",
        ],
    };

    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        ["colors"] = ["red", "blue", "green", "white", "black", "pink"],
        ["animals"] = ["dog", "cat", "horse", "fish", "bird", "bear"],
        ["fruits"] = ["apple", "pear", "plum", "cherry", "grape", "melon"],
        ["tools"] = ["hammer", "saw", "drill", "rope", "ladder", "brush"],
        ["meals of the day"] = ["breakfast", "lunch", "dinner", "supper"],
    };

    private static readonly Dictionary<string, string> Facts = new(StringComparer.Ordinal)
    {
        ["baker"] = "a person who makes bread", ["lamp"] = "a thing that gives light", ["boat"] = "a thing that floats on water",
        ["bird"] = "an animal that can fly", ["hammer"] = "a tool for driving nails", ["doctor"] = "a person who heals people",
        ["clock"] = "a thing that shows the time", ["kettle"] = "a thing that heats water", ["gardener"] = "a person who grows plants",
        ["fish"] = "an animal that lives in water", ["ladder"] = "a tool for climbing up", ["school"] = "a place where people learn",
        ["library"] = "a place full of books", ["winter"] = "a cold part of the year", ["summer"] = "a warm part of the year",
        ["painter"] = "a person who makes pictures", ["bakery"] = "a place that sells bread", ["key"] = "a thing that opens doors",
        ["blanket"] = "a thing that keeps people warm", ["farm"] = "a place where food grows",
    };

    private static readonly string[] Plainest =
    [
        "lamp", "river", "stone", "apple", "cloud", "paper", "green", "horse", "table", "music", "window", "garden", "silver", "bread",
        "winter", "blue", "field", "boat", "letter", "hill",
    ];

    private static readonly string[] Numbers = ["two", "three"];

    public static IReadOnlyList<string> Kinds { get; } = [.. Forms.Keys];

    public static IEnumerable<string> Words =>
    [
        .. Forms.Values.SelectMany(forms => forms).Select(form => form.Replace("{op}", "plus minus", StringComparison.Ordinal)),
        .. Members.Keys, .. Members.Values.SelectMany(words => words), .. Facts.Keys, .. Facts.Values, .. Plainest, .. Numbers,
        "Two Three A are and larger than is", string.Join(' ', Enumerable.Range(0, 19)),
    ];

    public static CheckableTask Write(DatasetSplit split, RandomStream random)
    {
        var kind = random.Pick(Kinds);
        var forms = Forms[kind];
        var form = split switch
        {
            DatasetSplit.Train => forms[random.Next(Taught)],
            DatasetSplit.Validation => forms[Taught + random.Next(Validating)],
            _ => forms[^1],
        };
        return kind switch
        {
            "arithmetic" => Arithmetic(form, random),
            "comparison" => Comparison(form, random),
            "list" => List(form, random),
            "fact" => Fact(form, random),
            _ => Rewriting(form, kind, random),
        };
    }

    private static CheckableTask Arithmetic(string form, RandomStream random)
    {
        var (a, b, plus) = (random.Next(10), random.Next(10), random.Chance(0.5));
        (a, b) = plus ? (a, b) : (Math.Max(a, b), Math.Min(a, b));
        var sum = $"{a} {(plus ? "plus" : "minus")} {b}";
        var prompt = form.Replace("{a} {op} {b}", sum, StringComparison.Ordinal);
        return new CheckableTask(prompt, "arithmetic", $"{sum} is {(plus ? a + b : a - b)}.", [], 0);
    }

    private static CheckableTask Comparison(string form, RandomStream random)
    {
        var a = random.Next(10);
        var b = (a + 1 + random.Next(9)) % 10;
        var prompt = form.Replace("{a}", $"{a}", StringComparison.Ordinal).Replace("{b}", $"{b}", StringComparison.Ordinal);
        return new CheckableTask(prompt, "comparison", $"{Math.Max(a, b)} is larger than {Math.Min(a, b)}.", [], 0);
    }

    private static CheckableTask List(string form, RandomStream random)
    {
        var kind = random.Pick(Members.Keys.ToArray());
        var count = 2 + random.Next(2);
        var members = Members[kind].ToArray();
        random.Shuffle(members);
        var number = Numbers[count - 2];
        var named = string.Join(", ", members.Take(count - 1)) + " and " + members[count - 1];
        var prompt = form.Replace("{n}", number, StringComparison.Ordinal).Replace("{kind}", kind, StringComparison.Ordinal);
        var expected = $"{char.ToUpperInvariant(number[0])}{number[1..]} {kind} are {named}.";
        return new CheckableTask(prompt, "list", expected, Members[kind], count);
    }

    private static CheckableTask Fact(string form, RandomStream random)
    {
        var thing = random.Pick(Facts.Keys.ToArray());
        return new CheckableTask(form.Replace("{x}", thing, StringComparison.Ordinal), "fact", $"A {thing} is {Facts[thing]}.", [], 0);
    }

    private static CheckableTask Rewriting(string form, string kind, RandomStream random)
    {
        var words = Plainest.ToArray();
        random.Shuffle(words);
        var chosen = words.Take(2 + random.Next(kind == "repeat" ? 3 : 2)).ToArray();
        var expected = kind == "repeat" ? chosen : [.. chosen.Reverse()];
        var prompt = form.Replace("{w}", string.Join(' ', chosen), StringComparison.Ordinal);
        return new CheckableTask(prompt, kind, string.Join(' ', expected), [], 0);
    }
}
