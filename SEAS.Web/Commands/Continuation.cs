using System.Text;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Web.Commands;

/// <summary>A text that grows token by token, shown as it grows.</summary>
internal sealed class Continuation
{
    private readonly StringBuilder _text = new();
    private readonly StreamingDecoder _decoder;
    private readonly TextWriter _output;

    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="before">The tokens that are continued; read first, so that a space before the first new word is not lost.</param>
    /// <param name="output">Where the text is shown.</param>
    public Continuation(Tokenizer tokenizer, IEnumerable<int> before, TextWriter output)
    {
        (_decoder, _output) = (tokenizer.Stream(), output);
        foreach (var id in before)
        {
            _decoder.Push(id);
        }
    }

    /// <summary>What was added so far.</summary>
    public string Text => _text.ToString();

    /// <summary>Shows what is continued.</summary>
    public void Begin(string text) => _output.Write(text);

    public void Add(int token) => Show(_decoder.Push(token));

    /// <summary>Shows what the last token left open, and a line break.</summary>
    public void End()
    {
        Show(_decoder.Flush());
        _output.WriteLine();
    }

    private void Show(string piece)
    {
        _text.Append(piece);
        _output.Write(piece);
        _output.Flush();
    }
}
