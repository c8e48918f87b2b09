using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>What a row says, as numbers: rows with the same are the same, or of one template.</summary>
internal sealed class RowIdentity(DatasetPurpose purpose)
{
    private const int HashBytes = 16;

    private readonly StringBuilder _text = new();

    /// <summary>Of all that the purpose uses of a row: 128 bits of SHA-256.</summary>
    public byte[] Hash(ImportedRow row)
    {
        _text.Clear();
        Append(row.System);
        foreach (var turn in row.History)
        {
            Append(turn.Role);
            Append(turn.Content);
        }

        Append(row.Prompt);
        if (purpose is DatasetPurpose.Instructions or DatasetPurpose.Labels)
        {
            Append(row.Answer);
        }

        if (purpose == DatasetPurpose.Preferences)
        {
            Append(row.Chosen);
            Append(row.Rejected);
        }

        if (purpose is DatasetPurpose.Labels or DatasetPurpose.Evaluation)
        {
            Append(row.Label ?? row.IsSafe?.ToString());
        }

        return Digest(_text)[..HashBytes];
    }

    /// <summary>Of the prompt's template: its words without case, with numbers and quoted parts left out.</summary>
    public long Template(string prompt)
    {
        _text.Clear();
        var (quoted, gap) = (false, false);
        foreach (var letter in prompt)
        {
            if (letter is '"' or '\u201C' or '\u201D')
            {
                quoted = !quoted;
                gap = true;
            }
            else if (char.IsLetter(letter) && !quoted)
            {
                if (gap && _text.Length > 0)
                {
                    _text.Append(' ');
                }

                _text.Append(char.ToLowerInvariant(letter));
                gap = false;
            }
            else
            {
                gap = true;
            }
        }

        return Number(_text.Length == 0 ? new StringBuilder(prompt) : _text);
    }

    /// <summary>A group's name as a number.</summary>
    public static long Group(string name) => Number(new StringBuilder(name));

    private static long Number(StringBuilder text) => BinaryPrimitives.ReadInt64BigEndian(Digest(text)) & long.MaxValue;

    private static byte[] Digest(StringBuilder text) => SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));

    // No text holds a null character: those are refused when they are read.
    private void Append(string? text) => _text.Append(text).Append('\0');
}
