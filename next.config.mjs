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
	// The server's own process answers these itself; where there is none, a route does. Both see the path as it was sent.
	rewrites: async () => ({
		beforeFiles: [
			{ source: "/_matrix/:path*", destination: "/api/matrix" },
			{ source: "/.well-known/matrix/server", destination: "/api/matrix" },
		],
	}),
	experimental: { turbopackSharedRuntime: false },
};

export default config;
