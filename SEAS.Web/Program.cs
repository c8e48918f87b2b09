using SEAS.Web.Commands;

Terminal.Guard();
return await CommandLine.InvokeAsync(args);
