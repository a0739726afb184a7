// Every route has its place in openapi.yaml, and nothing stands there that is no route.
const table = 'server/gateway/api/routes.cpp';
const page = 'server/gateway/api/openapi.yaml';

const routesOf = (text) =>
  [...text.matchAll(/Route\{"([A-Z]+)", "([^"]+)"/g)].map(
    ([, method, path]) => `${method} ${path}`,
  );

// Lines "  /api/…:" and, under them, "    get:".
function operationsOf(text) {
  const found = [];
  let path = '';
  for (const line of text.split('\n')) {
    path = /^ {2}(\/\S+):$/.exec(line)?.[1] ?? (/^\S/.test(line) ? '' : path);
    const method = /^ {4}(get|put|post|patch|delete):$/.exec(line)?.[1];
    if (path && method) found.push(`${method.toUpperCase()} ${path}`);
  }
  return found;
}

export const openapi = {
  name: 'openapi.yaml describes the routes there are',
  check(tree) {
    if (!tree.paths.includes(table)) return [];
    const routes = routesOf(tree.read(table));
    const described = tree.paths.includes(page) ? operationsOf(tree.read(page)) : [];
    const none = routes.length === 0 ? [`${table}: no route can be read`] : [];
    return [
      ...none,
      ...routes.filter((one) => !described.includes(one)).map((one) => `${page}: lacks ${one}`),
      ...described.filter((one) => !routes.includes(one)).map((one) => `${page}: no route ${one}`),
    ];
  },
  bad: [
    { [table]: 'Route{"GET", "/api/v1/a", a},\n' },
    { [table]: 'Route{"GET", "/api/v1/a", a},\n', [page]: 'paths:\n  /api/v1/a:\n    post:\n' },
    {
      [table]: 'Route{"GET", "/api/v1/a", a},\n',
      [page]: 'paths:\n  /api/v1/a:\n    get:\n  /api/v1/b:\n    get:\n',
    },
    { [table]: '\n' },
  ],
  good: [
    {
      [table]: 'Route{"GET", "/api/v1/{id}", a},\n    Route{"POST", "/api/v1/{id}", b, true},\n',
      [page]:
        'paths:\n  /api/v1/{id}:\n    parameters: []\n    get:\n      x: 1\n' +
        '    post:\n      x: 1\n',
    },
  ],
};
