using Microsoft.AspNetCore.Mvc;
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

    public static void MapModelApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/v1").WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        api.MapGet("models", (IModelCatalog catalog) => Results.Json(new
        {
            @object = "list", data = catalog.Names.Select(model => Entry(model.Name, model.CreatedUtc)),
        })).ChangesNothing();
        api.MapGet("models/{**name}", (HttpContext context, string name) => ApiAnswer.WriteAsync(context, () => OneAsync(context, name)))
            .ChangesNothing();
        api.MapPost("chat/completions", (HttpContext context) => ApiAnswer.WriteAsync(context, () => AnswerAsync(context, isChat: true)));
        api.MapPost("completions", (HttpContext context) => ApiAnswer.WriteAsync(context, () => AnswerAsync(context, isChat: false)));
        api.Map("{**rest}", (HttpContext context) => ApiAnswer.WriteAsync(context, () => throw Unknown(context.Request))).ChangesNothing();
    }

    /// <summary>Whether a request speaks OpenAI's API, so that errors must too.</summary>
    public static bool IsModelApi(HttpRequest request) => request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);

    private static object Entry(string name, DateTimeOffset createdUtc) => new
    {
        id = name, @object = "model", created = createdUtc.ToUnixTimeSeconds(), owned_by = "seas",
    };

    // A checkpoint's name has a slash, which some clients write as %2F and others do not.
    private static Task OneAsync(HttpContext context, string name)
    {
        var wanted = name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var found = context.RequestServices.GetRequiredService<IModelCatalog>().Names
            .Where(model => string.Equals(model.Name, wanted, StringComparison.Ordinal)).Select(model => Entry(model.Name, model.CreatedUtc));
        return ApiAnswer.JsonAsync(context.Response, found.FirstOrDefault() ?? throw ApiException.NoModel(wanted), context.RequestAborted);
    }

    private static ApiException Unknown(HttpRequest request) =>
        request.Path.Value?.TrimEnd('/') is "/v1/models" or "/v1/chat/completions" or "/v1/completions"
            ? new ApiException(
                $"{request.Method} {request.Path} is not allowed; "
                + $"use {(request.Path.Value.Contains("completions", StringComparison.Ordinal) ? "POST" : "GET")}.",
                null, StatusCodes.Status405MethodNotAllowed) { Code = "method_not_supported" }
            : new ApiException(
                $"Unknown request URL: {request.Method} {request.Path}. This server knows GET /v1/models, GET /v1/models/NAME, "
                + "POST /v1/chat/completions and POST /v1/completions.", null, StatusCodes.Status404NotFound) { Code = "unknown_url" };

    private static async Task AnswerAsync(HttpContext context, bool isChat)
    {
        var cancellation = context.RequestAborted;
        var request = new CompletionRequest(await ApiAnswer.BodyAsync(context.Request, cancellation), isChat);
        var server = context.RequestServices.GetRequiredService<IModelCatalog>().Find(request.Model) ?? throw ApiException.NoModel(request.Model);
        var folder = await LoadedAsync(server, cancellation);
        var questions = Prompts(request, folder, isChat).Select(prompt =>
        {
            var room = folder.Model.Config.MaxPositions - prompt.Length;
            return request.Question(prompt, room, standard: isChat ? room : ShortCompletion);
        }).ToList();
        var shape = AnswerShape.New(request.Model, isChat, context.RequestServices.GetRequiredService<TimeProvider>());
        var writer = new AnswerWriter(context.Response, server, questions, shape, new TokenChances(folder.Tokenizer));
        await (request.Streams ? writer.StreamAsync(request.IncludesUsage, cancellation) : writer.WholeAsync(cancellation));
    }

    private static IReadOnlyList<int[]> Prompts(CompletionRequest request, ModelFolder folder, bool isChat)
    {
        try
        {
            return isChat
                ? [folder.Chat.Prompt(request.Messages())]
                : request.Prompts(prompt => Opening(folder.Tokenizer, prompt), folder.Model.Config.VocabularySize);
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
}
