using System.Text;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>One record of a CSV file.</summary>
/// <param name="Row">As a spreadsheet counts: from 1, a record of several lines once.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Cells">Its cells, unquoted.</param>
/// <param name="Fault">What is wrong with its quotes; null if nothing is.</param>
public sealed record CsvRecord(int Row, int Line, IReadOnlyList<string> Cells, string? Fault);

/// <summary>Reads CSV record by record (RFC 4180), with any line ending.</summary>
/// <remarks>
/// A quoted cell may hold delimiters, quotes and line breaks. A quote inside an unquoted cell is a letter, as spreadsheets have it.
/// Lines of nothing are passed over.
/// </remarks>
public sealed class CsvReader(TextReader reader, char delimiter)
{
    private const int EndOfFile = -1;

    /// <summary>The longest cell that is read, in characters; past it, a quote was forgotten.</summary>
    private const int LongestCell = 1 << 20;

    private readonly StringBuilder _cell = new();
    private readonly List<string> _cells = [];
    private int _row;
    private int _line = 1;
    private string? _fault;

    /// <summary>The records that are left.</summary>
    public IEnumerable<CsvRecord> Records()
    {
        while (reader.Peek() != EndOfFile)
        {
            var line = _line;
            _cells.Clear();
            _fault = null;
            while (ReadCell())
            {
                // A delimiter followed: the record has one more cell.
            }

            _row++;
            if (_cells is not [""])
            {
                yield return new CsvRecord(_row, line, [.. _cells], _fault);
            }
        }
    }

    /// <summary>Reads one cell and what ends it; true if that was a delimiter.</summary>
    private bool ReadCell()
    {
        _cell.Clear();
        if (reader.Peek() == '"')
        {
            _ = reader.Read();
            ReadQuoted();
        }

        var next = reader.Read();
        while (next != delimiter && next is not ('\r' or '\n' or EndOfFile))
        {
            Append((char)next);
            next = reader.Read();
        }

        _cells.Add(_cell.ToString());
        if (next == '\r' && reader.Peek() == '\n')
        {
            _ = reader.Read();
        }

        _line += next == delimiter ? 0 : 1;
        return next == delimiter;
    }

    private void ReadQuoted()
    {
        var opened = _line;
        for (var next = reader.Read(); next != EndOfFile; next = reader.Read())
        {
            if (next == '"' && reader.Peek() != '"')
            {
                CheckClosed();
                return;
            }

            if (next == '"')
            {
                _ = reader.Read();   // two quotes stand for one
            }

            _line += next == '\n' || (next == '\r' && reader.Peek() != '\n') ? 1 : 0;
            Append((char)next);
        }

        _fault = $"the quote opened on line {opened} is never closed, so all that follows was read as one cell";
    }

    private void CheckClosed()
    {
        if (reader.Peek() is var next && next != delimiter && next is not ('\r' or '\n' or EndOfFile))
        {
            _fault = $"a delimiter or the line's end should follow the closing quote on line {_line}, but '{(char)next}' does; " +
                "write a quote within a cell twice";
        }
    }

    private void Append(char letter)
    {
        if (_cell.Length == LongestCell)
        {
            throw new InvalidDataException(
                $"a cell on line {_line} is longer than {LongestCell} characters, as if a quote were never closed");
        }

        _cell.Append(letter);
    }
}
