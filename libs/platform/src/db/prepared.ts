import type { Pool } from 'pg';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

/** A statement that each connection parses and plans once. Names must be told apart within the product. */
export interface PreparedStatement {
  name: string;
  text: string;
}

/**
 * For the few statements that nearly every call runs. TypeORM passes no statement names, so this goes to the pool it
 * keeps; outside of transactions only.
 */
export async function runPrepared<Row extends object>(
  db: DataSource,
  statement: PreparedStatement,
  values: unknown[],
): Promise<Row[]> {
  const { master } = db.driver as unknown as { master: Pool };
  const { rows } = await master.query<Row>({ ...statement, values });
  return rows;
}

type Column = [database: string, property: string, read: ((value: unknown) => unknown) | null];

const columnsByTarget = new WeakMap<object, Column[]>();

function columnsOf(db: DataSource, target: EntityTarget<ObjectLiteral> & object): Column[] {
  const known = columnsByTarget.get(target);
  if (known) return known;
  const columns = db.getMetadata(target).columns.map((column): Column => {
    const { transformer } = column;
    const isOne = transformer !== undefined && !Array.isArray(transformer);
    const read = isOne ? (value: unknown): unknown => transformer.from(value) : null;
    return [column.databaseName, column.propertyName, read];
  });
  columnsByTarget.set(target, columns);
  return columns;
}

/** The entity in a row that has its columns under their own names, whatever else the row has. */
export function entityOf<Entity extends ObjectLiteral>(
  db: DataSource,
  target: new () => Entity,
  row: object,
): Entity {
  const entity = new target() as Record<string, unknown>;
  for (const [database, property, read] of columnsOf(db, target)) {
    const value = (row as Record<string, unknown>)[database];
    entity[property] = read ? read(value) : value;
  }
  return entity as Entity;
}
