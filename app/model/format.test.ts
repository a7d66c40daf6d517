import { describe, expect, test } from 'vitest';
import { folderWith } from '../test/folder.ts';
import { findModels } from './format.ts';

describe('findModels', () => {
  test('finds an ONNX file', async () => {
    const folder = await folderWith({ 'net.onnx': '' });
    expect(await findModels(folder)).toEqual([{ format: 'onnx', path: `${folder}/net.onnx` }]);
  });

  test('finds a SavedModel', async () => {
    const folder = await folderWith({ 'saved_model.pb': '', 'variables/variables.index': '' });
    expect(await findModels(folder)).toEqual([{ format: 'saved-model', path: folder }]);
  });

  test('finds a graph model', async () => {
    const folder = await folderWith({ 'model.json': '{}' });
    expect(await findModels(folder)).toEqual([{ format: 'graph-model', path: `${folder}/model.json` }]);
  });

  test('finds a format in each subfolder', async () => {
    const folder = await folderWith({ 'a/model.json': '', 'b/net.onnx': '', 'c/saved_model.pb': '', 'README.md': '' });
    const formats = (await findModels(folder)).map(({ format }) => format);
    expect(formats).toEqual(['graph-model', 'onnx', 'saved-model']);
  });

  test('prefers the folder itself to a subfolder', async () => {
    const folder = await folderWith({ 'net.onnx': '', 'old/net.onnx': '' });
    expect(await findModels(folder)).toEqual([{ format: 'onnx', path: `${folder}/net.onnx` }]);
  });

  test('finds nothing in a folder that is empty but for hidden files', async () => {
    expect(await findModels(await folderWith({ '.gitignore': '*' }))).toEqual([]);
  });

  test('refuses a folder that is not there', async () => {
    await expect(findModels('/no/such/folder')).rejects.toThrow('/no/such/folder cannot be read. Check MODEL_DIR.');
  });

  test('refuses a folder with files but no model', async () => {
    await expect(findModels(await folderWith({ 'notes.txt': '' }))).rejects.toThrow('holds no model');
  });

  test('refuses to guess between two ONNX files', async () => {
    await expect(findModels(await folderWith({ 'a.onnx': '', 'b.onnx': '' }))).rejects.toThrow('(a.onnx, b.onnx)');
  });
});
