import type { INestApplicationContext, Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { RequestMethod } from '@nestjs/common';
import { ACCESS, type Access } from '@slipway/api/http/access';

export interface DeclaredRoute {
  /** `AssetsController.list` */
  name: string;
  method: string;
  /** `/api/assets/:id` */
  path: string;
  /** Undefined where nobody declared it. */
  access: Access | undefined;
}

type Handler = () => unknown;

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;

const listOf = (value: unknown): string[] => [value ?? ''].flat().map(String);

function routesOf(controller: Type, app: INestApplicationContext): DeclaredRoute[] {
  const reflector = app.get(Reflector);
  const prototype = controller.prototype as Record<string, Handler>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name] as Handler;
    if (!Reflect.hasMetadata('path', handler)) return [];
    const access = reflector.getAllAndOverride<Access | undefined>(ACCESS, [handler, controller]);
    const method = RequestMethod[Reflect.getMetadata('method', handler) as number] ?? '';
    return listOf(Reflect.getMetadata('path', controller)).flatMap((prefix) =>
      listOf(Reflect.getMetadata('path', handler)).map((path) => ({
        name: `${controller.name}.${name}`,
        method,
        path: joined(prefix, path),
        access,
      })),
    );
  });
}

/** Every route of every controller, with who may call it. */
export function declaredRoutes(app: INestApplicationContext): DeclaredRoute[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => routesOf(metatype as Type, app));
}
