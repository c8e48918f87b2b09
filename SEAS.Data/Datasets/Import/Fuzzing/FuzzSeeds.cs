using System.IO.Compression;
using System.Text;

namespace SEAS.Data.Datasets.Import.Fuzzing;

/// <summary>Small neutral files of every format, to be changed at random where no real ones are at hand.</summary>
public static class FuzzSeeds
{
    private static readonly (string Name, string Text)[] s_texts =
    [
        ("a.csv", "goal,target\n\"Paint, then\nclose\",Sure\nOpen a door,Sure\n"),
        ("b.csv", "id,prompt,type,label,focus,note\n1,Paint a door?,homonyms,safe,paint,\n2,Cut it?,contrast_homonyms,unsafe,cut,\n"),
        ("c.tsv", "prompt\tcategory\nPaint a door\tRole_Play\n"),
        ("d.jsonl", "{\"prompt\": \"Paint a door\", \"category\": \"Role_Play\"}\n{\"prompt\": \"Open it \\ud83d\\udeaa\"}\n"),
        ("e.json", "[{\"instruction\": \"Add\", \"input\": \"1 2\", \"output\": \"3\", \"history\": [[\"a\", \"b\"]]}]"),
        ("f.jsonl", "{\"prompt\": \"Ask\", \"chosen\": \"Good\", \"rejected\": \"Bad\"}\n"
            + "{\"chosen\": \"Ask a. b\", \"rejected\": \"Ask a. c\"}\n"),
        ("g.jsonl", "{\"chosen\": \"\\n\\nHuman: Ask\\n\\nAssistant: A\", \"rejected\": \"\\n\\nHuman: Ask\\n\\nAssistant: B\"}\n"),
        ("h.jsonl", "{\"messages\": [{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", \"content\": \"Ask\"}, "
            + "{\"role\": \"assistant\", \"content\": \"Tell\"}]}\n"),
        ("i.json", "[{\"conversations\": [{\"from\": \"human\", \"value\": \"Ask\"}], \"chosen\": {\"from\": \"gpt\", \"value\": \"A\"}, "
            + "\"rejected\": {\"from\": \"gpt\", \"value\": \"B\"}}]"),
        ("j.jsonl", "{\"prompt\": \"Ask\", \"response_0\": \"A\", \"response_1\": \"B\", \"is_response_0_safe\": true, "
            + "\"is_response_1_safe\": false, \"safer_response_id\": 0, \"response_0_harm_category\": {\"x\": true}}\n"),
        ("k.jsonl", "{\"entry_type\": \"attempt\", \"uuid\": \"a\", \"status\": 2, \"prompt\": \"Ask\", \"outputs\": [\"A\"], "
            + "\"detector_results\": {\"d\": [1.0]}}\n"),
        ("l.jsonl", "{\"prompt\": {\"turns\": [{\"role\": \"user\", \"content\": {\"text\": \"Ask\"}}]}, \"output\": {\"text\": \"A\"}, "
            + "\"detector\": \"d\", \"score\": 1}\n"),
        ("m.prompt", "name: n\nharm_categories:\n  - x\n"
            + "seeds:\n  - value: Ask\n    data_type: text\n  - value: >\n      Ask\n      more\n"),
        ("n.json", "{\"Topic\": {\"Sub\": [\"Ask one?\", \"Ask two?\"]}, \"Other\": [\"Ask three?\"]}"),
        ("o.txt", "Paint a door\nOpen a door\n"),
        ("p.jsonl", "{\"id\": \"t\", \"instruction\": \"Add\", \"instances\": [{\"input\": \"\", \"output\": \"3\"}]}\n"),
        ("q.jsonl", "{\"prompt\": \"Ask\", \"completion\": \"A\", \"label\": true}\n"),
    ];

    /// <summary>The files; some also in UTF-16 and packed.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } =
    [
        .. s_texts.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text))),
        .. s_texts.Take(4).Select(file =>
            (file.Name, (byte[])[.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(file.Text)])),
        .. s_texts.Take(4).Select(file => ($"{file.Name}.gz", Gzip(file.Text))),
        .. s_texts.Take(4).Select(file => ($"{file.Name}.zip", Zip(file.Name, file.Text))),
    ];

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(string name, string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry(name).Open())
        {
            entry.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
