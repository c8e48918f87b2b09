using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SEAS.Data.Contracts;
using SEAS.Training.ModelFiles;
using SEAS.Training.Serving;
using SEAS.Training.Text.Templates.Values;
using SEAS.Training.Text.Tokenizers;
using SEAS.Web.Security;

namespace SEAS.Web.Serving;

/// <summary>Models for other programs, as OpenAI's API: <c>/v1/models</c>, <c>/v1/chat/completions</c>, <c>/v1/completions</c>.</summary>
internal static class ModelEndpoints
{
    private const int ShortCompletion = 16;   // what OpenAI's plain completions give where nothing is asked

    private const long LargestBody = 4 << 20;   // of a request, in bytes

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapModelApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/v1").WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        api.MapGet("models", (IModelCatalog catalog) => Results.Json(new
        {
            @object = "list",
            data = catalog.Names.Select(model => new
            {
                id = model.Name, @object = "model", created = model.CreatedUtc.ToUnixTimeSeconds(), owned_by = "seas",
            }),
        })).ChangesNothing();
        api.MapPost("chat/completions", (HttpContext context) => AnswerAsync(context, isChat: true));
        api.MapPost("completions", (HttpContext context) => AnswerAsync(context, isChat: false));
    }

    private static async Task AnswerAsync(HttpContext context, bool isChat)
    {
        try
        {
            await AnswerAsync(context, isChat, context.RequestAborted);
        }
        catch (ApiException error) when (!context.Response.HasStarted)
        {
            await WriteErrorAsync(context, error);
        }
        catch (ModelBusyException error) when (!context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "1";
            await WriteErrorAsync(context, new ApiException(error.Message, null, StatusCodes.Status429TooManyRequests));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody is there to be told.
        }
    }

    private static async Task AnswerAsync(HttpContext context, bool isChat, CancellationToken cancellation)
    {
        var request = new CompletionRequest(await BodyAsync(context.Request, cancellation));
        var server = context.RequestServices.GetRequiredService<IModelCatalog>().Find(request.Model)
            ?? throw new ApiException(
                $"There is no model \"{request.Model}\" here; GET /v1/models lists them.", "model", StatusCodes.Status404NotFound);
        var folder = await LoadedAsync(server, cancellation);
        var questions = Prompts(request, folder, isChat).Select(prompt =>
        {
            var room = folder.Model.Config.MaxPositions - prompt.Length;
            return request.Question(prompt, room, standard: isChat ? room : ShortCompletion);
        }).ToList();
        var shape = AnswerShape.New(request.Model, isChat, context.RequestServices.GetRequiredService<TimeProvider>());
        if (request.Streams)
        {
            await StreamAsync(context.Response, server, questions, shape, request.IncludesUsage, cancellation);
        }
        else
        {
            await WholeAsync(context.Response, server, questions, shape, cancellation);
        }
    }

    private static async Task WholeAsync(
        HttpResponse response, ModelServer server, List<ServedQuestion> questions, AnswerShape shape, CancellationToken cancellation)
    {
        List<(string Text, AnswerEnd End)> answers = [];
        var tokens = 0;
        foreach (var question in questions)
        {
            var texts = question.Streams.Select(_ => new StringBuilder()).ToArray();
            var ends = new AnswerEnd[texts.Length];
            await foreach (var piece in server.AskAsync(question, cancellation))
            {
                texts[piece.Answer].Append(piece.Text);
                if (piece.Ended is { } end)
                {
                    ends[piece.Answer] = end;
                    tokens += piece.Tokens;
                }
            }

            answers.AddRange(texts.Zip(ends, (text, end) => (text.ToString(), end)));
        }

        await response.WriteAsJsonAsync(shape.Whole(answers, questions.Sum(PromptCost), tokens), s_json, cancellation);
    }

    private static async Task StreamAsync(
        HttpResponse response, ModelServer server, List<ServedQuestion> questions, AnswerShape shape, bool tellsCost,
        CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        var (first, tokens) = (0, 0);
        foreach (var question in questions)
        {
            for (var answer = 0; shape.IsChat && answer < question.Streams.Count; answer++)
            {
                await SendAsync(response, shape.Opening(first + answer), cancellation);
            }

            await foreach (var piece in server.AskAsync(question, cancellation))
            {
                await SendAsync(response, shape.Piece(first + piece.Answer, piece.Text, piece.Ended), cancellation);
                tokens += piece.Ended is null ? 0 : piece.Tokens;
            }

            first += question.Streams.Count;
        }

        if (tellsCost)
        {
            await SendAsync(response, shape.Cost(questions.Sum(PromptCost), tokens), cancellation);
        }

        await response.WriteAsync("data: [DONE]\n\n", cancellation);
    }

    private static async Task SendAsync(HttpResponse response, object chunk, CancellationToken cancellation)
    {
        await response.WriteAsync($"data: {JsonSerializer.Serialize(chunk, s_json)}\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    // A prompt runs through the model once, however many answers it gets.
    private static int PromptCost(ServedQuestion question) => question.Prompt.Length;

    private static IReadOnlyList<int[]> Prompts(CompletionRequest request, ModelFolder folder, bool isChat)
    {
        try
        {
            return isChat
                ? [folder.Chat.Prompt(request.Messages())]
                : [.. request.Prompts().Select(prompt => Opening(folder.Tokenizer, prompt))];
        }
        catch (ChatTemplateException error)
        {
            throw new ApiException(error.Message, "messages");
        }
    }

    private static int[] Opening(Tokenizer tokenizer, string prompt) => tokenizer.EncodeOpening(prompt) is { Length: > 0 } ids ? ids
        : tokenizer.BosId is { } first ? [first]
        : throw new ApiException("prompt is empty, and this model has no token to begin with.", "prompt");

    private static async Task<ModelFolder> LoadedAsync(ModelServer server, CancellationToken cancellation)
    {
        try
        {
            return await server.LoadedAsync().WaitAsync(cancellation);
        }
        catch (CheckpointException error)
        {
            throw new ApiException(error.Message, "model", StatusCodes.Status500InternalServerError);
        }
    }

    private static async Task<JsonElement> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: cancellation);
        }
        catch (JsonException error)
        {
            throw new ApiException($"The body must be a JSON object: {error.Message}", null);
        }
    }

    private static Task WriteErrorAsync(HttpContext context, ApiException error)
    {
        context.Response.StatusCode = error.Status;
        return context.Response.WriteAsJsonAsync(error.Body, s_json, context.RequestAborted);
    }
}
