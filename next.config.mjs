/** @type {import("next").NextConfig} */
const config = {
	reactStrictMode: true,
	reactCompiler: true,
	poweredByHeader: false,
	devIndicators: false,
	// Types are a gate of `npm run check`, which sees every file; the build only compiles.
	typescript: { ignoreBuildErrors: true },
	turbopack: { root: import.meta.dirname },
	images: { unoptimized: true },
	// The shared runtime puts a script into every page's HTML, which a Content-Security-Policy without hashes refuses.
	experimental: { turbopackSharedRuntime: false },
};

export default config;
