SwaggerUIBundle({
  url: "openapi.json",
  domNode: document.getElementById("api"),
  deepLinking: true,
  // It would ask another host.
  validatorUrl: "none",
});
