import type { Express } from 'express';

interface Layer {
  readonly route?: { readonly path: string | readonly string[]; readonly stack: readonly { readonly method?: string }[] };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

const own: ReadonlySet<string | undefined> = new Set(['get', 'post', 'put', 'patch', 'delete']);

export interface Registered {
  readonly path: string;
  readonly methods: readonly string[];
}

/** Every route of an Express application, with the methods it has a handler of its own for. */
export function registeredRoutes(app: Express): readonly Registered[] {
  const walk = (layers: readonly Layer[]): readonly Registered[] =>
    layers.flatMap(({ route, handle }) => {
      if (!route) return walk(handle?.stack ?? []);
      const methods = [...new Set(route.stack.flatMap(({ method }) => (own.has(method) && method !== undefined ? [method] : [])))];
      return [route.path].flat().map((path) => ({ path, methods }));
    });
  return walk(app.router.stack as readonly Layer[]);
}
