// Imported first: sigma reads constants off WebGLRenderingContext as it loads, and a browser may come without WebGL.
globalThis.WebGLRenderingContext ??= class WebGLRenderingContext {};
globalThis.WebGL2RenderingContext ??= class WebGL2RenderingContext {};
