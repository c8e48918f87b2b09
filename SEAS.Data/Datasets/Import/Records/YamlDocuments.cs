using System.Buffers;
using System.Text.Json;
using SEAS.Data.Datasets.Import.Sources;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>The documents of a YAML file as JSON, in which every scalar is a text.</summary>
/// <remarks>Read event by event: aliases are refused, so that no short file becomes a long one.</remarks>
internal static class YamlDocuments
{
    private const int Deepest = 32;

    /// <exception cref="SourceFault">It is damaged, or has aliases.</exception>
    public static List<JsonElement> Read(CheckedText text)
    {
        var documents = new List<JsonElement>();
        try
        {
            var events = new Parser(new BoundedText(text));
            events.Consume<StreamStart>();
            while (!events.TryConsume<StreamEnd>(out _))
            {
                events.Consume<DocumentStart>();
                documents.Add(Document(events));
                events.Consume<DocumentEnd>();
            }
        }
        catch (YamlException error)
        {
            throw Damaged(FormattableString.Invariant($"something else on line {error.Start.Line}: {error.Message.TrimEnd('.')}"), error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The parser's way of giving up on some damaged files.
            throw Damaged("something that no parser makes sense of", error);
        }

        return documents;
    }

    private static SourceFault Damaged(string found, Exception cause) => new("whole YAML", found, "Mend the file, or get it again.", cause);

    private static JsonElement Document(Parser events)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(events, json, 0);
        }

        return JsonElement.Parse(bytes.WrittenSpan);
    }

    private static void Write(Parser events, Utf8JsonWriter json, int depth)
    {
        if (depth > Deepest)
        {
            throw new YamlException(events.Current!.Start, events.Current.End, "lists are nested too deep");
        }

        if (events.TryConsume<Scalar>(out var scalar))
        {
            json.WriteStringValue(scalar.Value);
        }
        else if (events.TryConsume<SequenceStart>(out _))
        {
            json.WriteStartArray();
            while (!events.TryConsume<SequenceEnd>(out _))
            {
                Write(events, json, depth + 1);
            }

            json.WriteEndArray();
        }
        else
        {
            events.Consume<MappingStart>();
            json.WriteStartObject();
            while (!events.TryConsume<MappingEnd>(out _))
            {
                json.WritePropertyName(events.Consume<Scalar>().Value);
                Write(events, json, depth + 1);
            }

            json.WriteEndObject();
        }
    }
}
