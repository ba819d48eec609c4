/** What the owner of a server on this port types or writes for each way to https. */
export function proxySettings(port: string) {
	return {
		caddy: `caddy reverse-proxy --from chat.example.org --to :${port}`,
		nginx: nginx(port),
		tailscale: `tailscale serve ${port}`,
	};
}

/** What Kith is told about them. */
export const publicAddress = "KITH_PUBLIC_URL=https://chat.example.org";
export const trustedProxies = "KITH_TRUSTED_PROXIES=172.18.0.0/16";

/** Of what a proxy says about a caller, Kith reads `X-Forwarded-For`; the socket needs both upgrade headers and time. */
function nginx(port: string): string {
	return `server {
  listen 443 ssl;
  server_name chat.example.org;
  ssl_certificate /etc/ssl/chat.crt;
  ssl_certificate_key /etc/ssl/chat.key;
  client_max_body_size 12m;
  location / {
    proxy_pass http://127.0.0.1:${port};
    proxy_http_version 1.1;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_read_timeout 1h;
  }
}`;
}
